"""The one error that a user can do something about."""


class Unreadable(Exception):  # noqa: N818 - it says what the file is
    """A circular that cannot be read: one Chinese line, what is wrong and what to do.

    >>> str(Unreadable("是空文件（0 字节）；请检查文件是否完整"))
    '是空文件（0 字节）；请检查文件是否完整'
    """
