"""联系人: who answers questions, with telephone and mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from parsers.head.wording import HAN
from schemas.text import Text

_LABEL = "电[ ]?话|传[ ]?真|邮[ ]?箱|联系|手机|办公|地址"
_NAME = rf"(?:(?!{_LABEL})[{HAN}]){{2,4}}|[{HAN}][ \u3000]{{1,2}}[{HAN}]|[Xx×*]{{2,4}}|[{HAN}][Xx×*]{{1,2}}"
_AT = rf"(?:[{HAN}]{{3,20}}(?<=[局委办厅部院室处科股会组队站所司校行社心])[ \u3000]{{0,4}})"  # whose person: 市教育局 某某某
_NUMBER = "[0-9Xx*][0-9Xx*—-]{6,20}"
_TELEPHONE = "(?:联系|办公|咨询)?电[ ]?话|手机|座机|传真|联系方式"
_ADDRESS = r"[A-Za-z0-9._*-]{1,40}@[A-Za-z0-9.-]{3,40}"
_CONTACT = regex.compile(
    rf"""
    联[ ]?系[ ]?人(?:姓名|及(?:联系)?(?:电话|方式)|和(?:联系)?电话)?[ ]?(?:：|(?=[Xx×*]))[ ]*
    (?:{_AT}?(?P<name>(?:{_NAME})(?:[、 ]{{1,3}}(?:{_NAME}))*(?=[^{HAN}]|{_LABEL}|\Z)))?
    (?:（[{HAN}]{{2,20}}）)?
    (?:[ ，；、。\n（]*(?:{_TELEPHONE})[^：\n0-9]{{0,8}}：?[ ]*|[ ，；、（]*)
    (?P<phone>{_NUMBER}(?:[，、/ （]{{1,2}}{_NUMBER})*)?
    (?:
      [^。\n@]{{0,40}}?(?:邮[ ]?箱|邮件|[Ee]-?mail)[^：\nA-Za-z0-9@]{{0,6}}：?[ ]*
      (?P<email>{_ADDRESS})
    )?
    """,
    regex.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """A 联系人 as printed, and what it says."""

    text: Text
    name: str | None
    phone: str | None
    email: str | None


def contacts(text: Text) -> Iterator[Contact]:
    """Every 联系人 of the circular that names a person, a number or an address.

    >>> next(contacts(Text.plain("联系人：某某某，电话：0971-0000000"))).name
    '某某某'
    """
    for match in _CONTACT.finditer(text.chars):
        if match["name"] or match["phone"] or match["email"]:
            part = text[match.start() : match.end()].strip(" \n\u3000，；、（")
            yield Contact(part, match["name"], match["phone"], match["email"])
