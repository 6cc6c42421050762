"""The head and the frame of a circular: 版头, 标题, 主送机关, 署名, 成文日期, 附件, 联系人."""

from parsers.head.annexes import Annex
from parsers.head.contacts import Contact
from parsers.head.number import Number
from parsers.head.read import Head, read
from parsers.head.several import circulars

__all__ = ["Annex", "Contact", "Head", "Number", "circulars", "read"]
