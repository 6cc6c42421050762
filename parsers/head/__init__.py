"""The head and the frame of a circular: 版头, 标题, 主送机关, 署名, 成文日期, 附件, 联系人.

>>> from schemas.text import Text
>>> read(Text.plain("某教〔2021〕5号\\n关于开展检查的通知\\n各县教育局：\\n请检查。")).number.agency
'某教'
"""

from parsers.head.annexes import Annex
from parsers.head.contacts import Contact
from parsers.head.metadata import is_of_page
from parsers.head.number import Number, passed_on_year
from parsers.head.organs import Organ
from parsers.head.reading import Head, read, school_year
from parsers.head.several import circulars

__all__ = [
    "Annex",
    "Contact",
    "Head",
    "Number",
    "Organ",
    "circulars",
    "is_of_page",
    "passed_on_year",
    "read",
    "school_year",
]
