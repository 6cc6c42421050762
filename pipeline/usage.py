"""Wrong usage, said in Chinese: the command line library only speaks English."""

from __future__ import annotations

import regex

_QUOTED = "'?([^']*)'?"
_PHRASES = (
    (r"No such option: (\S+)", "没有选项 {0}"),
    (r"No such option: (\S+) \(Possible options: (.+)\)", "没有选项 {0}，是不是 {1}"),
    (rf"No such command {_QUOTED}\..*", "没有命令 {0}"),
    (rf"Missing (?:argument|option|parameter) {_QUOTED}\..*", "缺少 {0}"),
    (r"Missing command\.", "缺少命令"),
    (rf"Option {_QUOTED} requires an argument\.", "选项 {0} 后面缺少值"),
    (rf"Option {_QUOTED} does not take a value\.", "选项 {0} 不带值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.*)\)", "多出的参数 {0}"),
    (rf"Invalid value for {_QUOTED}: .* valid integer.*", "{0} 的值应是整数"),
    (rf"Invalid value for {_QUOTED}: .* greater than or equal to (\S+)", "{0} 的值不能小于 {1}"),
    (rf"Invalid value for {_QUOTED}: .* less than or equal to (\S+)", "{0} 的值不能大于 {1}"),
    (rf"Invalid value for {_QUOTED}: (.*)", "{0} 的值不对：{1}"),
    (r"Invalid value: (.*)", "{0}"),
)


def in_chinese(message: str) -> str:
    """What is wrong with the call; a message without a translation stays as it is.

    >>> in_chinese("Missing argument 'FILE...'.")
    '缺少 FILE...'
    """
    for pattern, chinese in _PHRASES:
        if match := regex.fullmatch(pattern, message, regex.DOTALL):
            return chinese.format(*match.groups())
    return message
