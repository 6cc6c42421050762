"""Where things stand on the first sheet, for its own formulas and for those of the sheets behind it."""

NAME = "督办台账"
TITLE, FACTS, SETTINGS, HEAD = range(4)  # rows from the top; the tasks follow
FIRST = HEAD + 1
TODAY, AHEAD = "基准日期", "预警天数"  # the two cells that a user may change, by their names in formulas
