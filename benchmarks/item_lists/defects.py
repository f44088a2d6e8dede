"""A list with sixty planted defects of every kind, and which they are."""

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.item_lists import read_rows, write_plain

from assistant.items.health import Defect

Row = dict[str, str]
Planted = set[tuple[str, Defect]]
ISSUED = "2025年8月1日"
_SEED = 20260915
# Bases that are stale by themselves stay out of the sound rows.
_STALE = ("污染", "渔业法", "食品安全法")


def write_defective(path: Path) -> Planted:
    """Write the list to ``path``.

    Returns:
        (number of the row, defect) of everything planted; the number is empty for the
        list as a whole.
    """
    chance = random.Random(_SEED)
    every = read_rows("towns-2025")
    sound = [row for row in every if not any(word in row["执法依据"] for word in _STALE)]
    chance.shuffle(sound)
    rows: list[tuple[Row, Defect | None]] = []
    take = iter(sound)

    def plant(count: int, defect: Defect, change: Callable[[Row], None]) -> None:
        for _ in range(count):
            row = dict(next(take))
            change(row)
            rows.append((row, defect))

    plant(6, Defect.NO_PROVISION, _no_such_article)
    plant(6, Defect.NO_PROVISION, _no_such_item)
    columns = (
        "事项名称",
        "原行使部门",
        "赋权范围",
        "执法依据",
        "赋权镇街",
        "原行使部门",
        "执法依据",
        "赋权范围",
    )
    for column in columns:
        plant(1, Defect.EMPTY_CELL, lambda row, column=column: row.update({column: ""}))
    plant(3, Defect.WRONG_SCOPE, _other_scope)
    vague = iter(("依照有关法律、法规的规定", "详见附件二"))
    plant(2, Defect.UNREAD_BASIS, lambda row: row.update(执法依据=next(vague)))
    absent = iter(
        ("《城市市容和环境卫生管理条例》第三十四条", "《示范区犬只管理办法》第十二条第一款")
    )
    plant(2, Defect.UNKNOWN_LAW, lambda row: row.update(执法依据=next(absent)))
    _swap_bases(rows, [dict(next(take)) for _ in range(8)])
    stale = [row for row in every if "污染" in row["执法依据"]]
    rows += [(dict(row), Defect.REPEALED) for row in chance.sample(stale, 8)]
    rows += [(dict(row), Defect.RENUMBERED) for row in every if "渔业法" in row["执法依据"]]
    food = [row for row in every if "食品安全法" in row["执法依据"]]
    rows += [(dict(row), Defect.AMENDED) for row in food]
    clean = [(dict(row), None) for row in take]
    doubled = [dict(row) for row, _ in clean[:6]]
    doubled[5]["事项名称"] = doubled[5]["事项名称"].replace("、", "，")
    rows += clean
    chance.shuffle(rows)
    rows += [(row, Defect.DUPLICATE) for row in doubled]
    return _write(path, rows, chance)


def _write(path: Path, rows: Sequence[tuple[Row, Defect | None]], chance: random.Random) -> Planted:
    """Number the rows with a gap and two slips, state a wrong total, and write the list."""
    planted: Planted = set()
    sound = [place for place, (_, defect) in enumerate(rows) if defect is None and place > 3]
    gap, slip, jump = sorted(chance.sample(sound[:-1], 3))
    number = 0
    for place, (row, defect) in enumerate(rows):
        number += 1
        if place in (gap, jump):
            number += 1
        if place == slip:
            number -= 1
        row["序号"] = str(number)
        if place in (gap, slip, jump):
            row["备注"] = f"标记{place}"
            planted.add((f"标记{place}", Defect.NUMBERING))
        if defect is not None:
            row["备注"] = f"标记{place}"
            planted.add((f"标记{place}", defect))
    planted.add(("", Defect.COUNT))
    columns = ("序号", "事项名称", "原行使部门", "赋权范围", "执法依据", "赋权镇街", "备注")
    title = "示范区镇综合执法事项清单（2025年征求意见稿）"
    stated = f"共{len(rows) + 2}项　　公布日期：{ISSUED}"
    write_plain(path, title, stated, columns, [row for row, _ in rows])
    return planted


def _no_such_article(row: Row) -> None:
    title = row["执法依据"].partition("》")[0]
    row["执法依据"] = f"{title}》第三百九十八条"


def _no_such_item(row: Row) -> None:
    article = row["执法依据"].split("、")[-1].rpartition("条")[0].rpartition("第")[2]
    title = row["执法依据"].partition("》")[0]
    row["执法依据"] = f"{title}》第{article}条第一款第（三十）项"


def _other_scope(row: Row) -> None:
    row["赋权范围"] = "行政检查" if "处罚" in row["赋权范围"] else "行政处罚"


def _swap_bases(rows: list[tuple[Row, Defect | None]], chosen: Sequence[Row]) -> None:
    """Give each row the basis of the next one that cites another law."""
    bases = [row["执法依据"] for row in chosen]
    for place, row in enumerate(chosen):
        law = bases[place].partition("》")[0]
        others = [basis for basis in bases[place + 1 :] + bases if not basis.startswith(law)]
        row["执法依据"] = others[0]
        rows.append((row, Defect.MISFIT))
