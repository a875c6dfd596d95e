"""Rows 1 to 20 of domain.md §5: children, codes, answers, dates, headers."""

from datetime import UTC, datetime, timedelta

from tests.evaluation.intake.faults.desk import (
    BLANK,
    CHECK,
    HOLD,
    MUST,
    NOTE,
    REFUSE,
    Case,
    Says,
)

REVERSED = 6  # 6 - answer turns an answer of the line 1 to 5


def with_cells(desk, count=6, wave=0, **cells):
    """Good rows with one cell of the third child (row 4) changed: `sid_02="55"`."""
    rows = desk.rows(count, wave)
    rows[2] |= cells
    return rows


def one_cell(wave=0, **cells):
    return lambda desk: desk.check(desk.template(with_cells(desk, wave=wave, **cells), wave=wave))


def pasted_twice(desk):
    rows = desk.rows()
    return desk.check(desk.template([*rows, rows[1]]))


def asked_twice(desk):
    rows = desk.rows()
    other = {**rows[5], "child_code": rows[1]["child_code"]}
    other["fam_01"] = "1" if other["fam_01"] != "1" else "2"
    return desk.check(desk.template([*rows, other]))


def in_two_files(desk):
    rows = desk.rows()
    desk.admitted(desk.template(rows[:3]))
    return desk.admitted(desk.template(rows[2:]))


def one_code_two_children(desk):
    rows = desk.rows(wave=1)
    spring = [{**row, "wave": 0, "region": "15"} for row in rows]
    spring[2]["sex"] = "M"
    return desk.check(desk.template(rows, wave=1), elsewhere=spring)


def another_child_elsewhere_in_the_store(desk):
    rows = desk.rows()
    desk.admitted(desk.template([{**row, "sex": "M"} for row in rows[:1]] + rows[1:]))
    return desk.admitted(desk.template(desk.rows(wave=1), wave=1))


def mistyped(desk):
    rows = desk.rows()
    code = rows[2]["child_code"]
    rows[2]["child_code"] = code[:-1] + str((int(code[-1]) + 1) % 10)
    return desk.check(desk.template(rows))


def swapped_waves(desk):
    return desk.check(desk.template(desk.rows(wave=1), wave=0))


def date_as_wave(desk):
    def change(book):
        card = book.worksheets[1]
        line = next(row for row in card.iter_rows() if row[0].value == "Волна")
        line[1].value = datetime(2022, 11, 20)

    return desk.check(desk.reopened(desk.template(desk.rows()), change))


def many_out_of_range(desk):
    rows = desk.rows()
    for row in rows[:3]:
        row |= {item: "7" for item in desk.items[:12]}
    return desk.check(desk.template(rows))


def turned(desk):
    rows = desk.rows(40)
    scale = next(s for s in desk.study.scales_of(desk.child.id) if s.id == "sch")
    (reverse,) = scale.reversed
    for place, row in enumerate(rows):
        # A plain picture of it: the neighbours say 1 to 5, and the reversed question says the same.
        row |= {item: str(place % 5 + 1) for item in scale.items}
    assert reverse == "sch_04"
    return desk.check(desk.template(rows))


def in_a_line(desk):
    rows = desk.rows()
    rows[2] |= dict.fromkeys(desk.items, "4")
    rows[4] |= {item: str(place % 5 + 1) for place, item in enumerate(desk.items)}
    return desk.check(desk.template(rows))


def one_interviewer(desk):
    rows = desk.rows(20)
    reverse = [item for scale in desk.study.scales.values() for item in scale.reversed]
    for row in rows[:9]:
        row |= dict.fromkeys(desk.items, "2") | {"interviewer_code": "V1999"}
        # Reversed questions answered the other way: no line of equal answers, and still all alike.
        row |= dict.fromkeys(reverse, "4")
    return desk.check(desk.template(rows))


def by_the_clock(desk):
    """Twenty interviews on one day, minutes rounded, one of four minutes."""
    rows = desk.rows(20)
    for row in rows:
        row |= {"interviewer_code": "V1999", "interview_date": rows[0]["interview_date"]}
        row |= {"consent_date": rows[0]["consent_date"], "duration_min": "15"}
    rows[2]["duration_min"] = "4"
    return desk.check(desk.template(rows))


def words_for_yes(desk):
    rows = desk.rows()
    for row, word in zip(rows, ("+", "да", "иә", "Есть", "v", "1"), strict=True):
        row["consent_guardian"] = word
    return desk.check(desk.template(rows))


def day_after_consent(desk):
    rows = desk.rows()
    day = datetime.fromisoformat(rows[2]["interview_date"]) + timedelta(days=1)
    rows[2]["consent_date"] = day.date().isoformat()
    return desk.check(desk.template(rows))


def dotted(desk):
    """The fifth of December, as everybody here writes it; pandas would read the twelfth of May."""
    rows = desk.rows(wave=1)
    for row, day in zip(rows, ("05", "06", "07", "08", "09", "12"), strict=True):
        row |= {"interview_date": f"{day}.12.2022", "consent_date": f"{day}.12.2022"}
    intake = desk.check(desk.text(desk.table(rows)), rows=rows, wave=1)
    assert intake.accepted.interview_date.tolist()[0] == "2022-12-05"
    assert intake.accepted.interview_date.tolist()[5] == "2022-12-12"
    return intake


def after_fieldwork(desk):
    rows = with_cells(desk, interview_date="2022-05-20")
    rows[2]["consent_date"] = "2022-05-01"
    return desk.check(desk.template(rows, fieldwork_end="2022-05-10"))


def day_numbers(desk):
    rows = desk.rows(wave=1)
    for row in rows[:2]:
        row |= {"interview_date": "44900", "consent_date": "44890"}
    intake = desk.check(desk.text(desk.table(rows)), rows=rows, wave=1)
    assert intake.accepted.interview_date.tolist()[:2] == ["2022-12-05", "2022-12-05"]
    return intake


def epoch_of_1904(desk):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def change(book):
        book.epoch = CALENDAR_MAC_1904

    rows = desk.rows()
    intake = desk.check(desk.reopened(desk.template(rows), change))
    assert intake.accepted.interview_date.tolist() == [row["interview_date"] for row in rows]
    return intake


def ages_turned_to_dates(desk):
    rows = desk.rows()
    for row in rows:
        row["age_band"] = "2022-12-10"
    return desk.check(desk.template(rows))


def told_separators(desk, **how):
    rows = desk.rows()
    for row in rows:
        row["duration_min"] = "12,0"
    return desk.check(desk.text(desk.table(rows), **how), rows=rows)


def under_a_title(desk):
    rows = desk.rows()
    lines = [["Опрос о жизни в школе и дома"], [], *desk.table(rows)]
    return desk.check(desk.text(lines), rows=rows)


def under_merged_cells(desk):
    def change(book):
        sheet = book.worksheets[0]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Опрос"
        sheet.merge_cells("A1:F1")

    return desk.check(desk.reopened(desk.template(desk.rows()), change))


def other_words(desk):
    rows = desk.rows()
    lines = desk.table(rows, child_code="ШИФР ", sex="пол", consent_guardian="Согласие опекуна")
    return desk.check(desk.text(lines), rows=rows)


def nobody_knows(desk):
    rows = desk.rows()
    lines = desk.table(rows, extra=[("Класс", ["5"] * len(rows))])
    return desk.check(desk.text(lines), rows=rows)


def column_twice(desk):
    rows = desk.rows()
    lines = desk.table(rows, extra=[("Пол", ["F"] * len(rows))])
    return desk.check(desk.text(lines), rows=rows)


LINES = ("fam_01 4", "fam_01 6")
NINE = tuple(f"child_code {row}" for row in range(2, 11))
SIX = tuple(range(2, 8))
LATE = datetime(2022, 12, 24, tzinfo=UTC)

CASES = (
    Case(1, "a row pasted twice", pasted_twice, "partly_accepted",
         (Says("identical_row", MUST, HOLD, ("child_code 8",)),)),
    Case(1, "one child, two sets of answers", asked_twice, "partly_accepted",
         (Says("duplicate_respondent", MUST, HOLD, ("child_code 3", "child_code 8")),)),
    Case(1, "the same child in two files", in_two_files, "partly_accepted",
         (Says("already_stored", MUST, HOLD, ("child_code 2",)),)),
    Case(2, "one code for two children", one_code_two_children, "partly_accepted",
         (Says("sex_changed", MUST, HOLD, ("sex 4",)),)),
    Case(2, "one code for two children, found in the store", another_child_elsewhere_in_the_store,
         "partly_accepted", (Says("sex_changed", MUST, HOLD, ("sex 2",)),)),
    Case(3, "a code mistyped", mistyped, "partly_accepted",
         (Says("wrong_check_digit", MUST, HOLD, ("child_code 4",)),)),
    Case(3, "a code without its hyphens", one_cell(child_code="27408311"), "partly_accepted",
         (Says("wrong_form", MUST, HOLD, ("child_code 4",)),)),
    Case(4, "the autumn's file sent as the spring's", swapped_waves, "refused",
         (Says("wrong_dates", MUST, REFUSE),
          Says("outside_wave", MUST, HOLD, tuple(f"interview_date {row}" for row in SIX)),
          Says("outside_fieldwork", MUST, HOLD, tuple(f"interview_date {row}" for row in SIX)))),
    Case(4, "one interview outside its wave",
         one_cell(interview_date="2022-11-20", consent_date="2022-11-01"), "partly_accepted",
         (Says("outside_wave", MUST, HOLD, ("interview_date 4",)),
          Says("outside_fieldwork", MUST, HOLD, ("interview_date 4",)))),
    Case(5, "a date where the wave is said", date_as_wave, "refused",
         (Says("card_unreadable", MUST, REFUSE, ("sheet 2 B4",)),)),
    Case(6, "an answer that is not in the line", one_cell(sid_02="55"), "accepted_with_remarks",
         (Says("not_in_list", CHECK, BLANK, ("sid_02 4",)),)),
    Case(6, "half an answer", one_cell(sid_02="1.5"), "accepted_with_remarks",
         (Says("not_in_list", CHECK, BLANK, ("sid_02 4",)),)),
    Case(6, "too many answers that are not in the line", many_out_of_range, "refused",
         (Says("bad_answers", MUST, REFUSE),
          Says("not_in_list", CHECK, BLANK, None))),
    Case(7, "0 for no answer", one_cell(com_01="0"), "accepted_with_remarks",
         (Says("not_in_list", CHECK, BLANK, ("com_01 4",)),)),
    Case(7, "99 for no answer", one_cell(civ_01="99"), "accepted_with_remarks",
         (Says("not_in_list", CHECK, BLANK, ("civ_01 4",)),)),
    Case(8, "a reversed question turned already", turned, "accepted_with_remarks",
         (Says("turned_already", CHECK, NOTE, ("sch_04 2",)),)),
    Case(9, "the same answer all along, and 1-2-3-4-5", in_a_line, "accepted_with_remarks",
         (Says("straight_lining", CHECK, NOTE, LINES),)),
    Case(10, "one interviewer filled all in alike", one_interviewer, "accepted_with_remarks",
         (Says("same_answers", CHECK, NOTE, NINE),
          Says("interviewer_alike", CHECK, NOTE, ("interviewer_code 2",)))),
    Case(10, "one interviewer's day", by_the_clock, "accepted_with_remarks",
         (Says("many_in_a_day", CHECK, NOTE, ("interviewer_code 2",)),
          Says("rounded_minutes", CHECK, NOTE, ("duration_min 2",)),
          Says("short_interview", CHECK, NOTE, ("duration_min 4",)))),
    Case(11, "consent left empty", one_cell(consent_guardian=""), "partly_accepted",
         (Says("missing_answer", MUST, HOLD, ("consent_guardian 4",)),)),
    Case(11, "consent as +, да, иә", words_for_yes, "accepted"),
    Case(12, "consent later than the interview", day_after_consent, "partly_accepted",
         (Says("consent_after_interview", MUST, HOLD, ("consent_date 4",)),)),
    Case(13, "dates as 05.12.2022", dotted, "accepted"),
    Case(13, "a date that can be read in two ways",
         one_cell(interview_date="05/04/2022", consent_date="2022-03-20"), "partly_accepted",
         (Says("ambiguous_date", MUST, HOLD, ("interview_date 4",)),)),
    Case(13, "a date outside the fieldwork", after_fieldwork, "partly_accepted",
         (Says("outside_fieldwork", MUST, HOLD, None),)),
    Case(14, "dates as Excel's day numbers", day_numbers, "accepted_with_remarks",
         (Says("date_serial", CHECK, NOTE, ("interview_date 2", "consent_date 2")),)),
    Case(14, "a workbook that counts from 1904", epoch_of_1904, "accepted"),
    Case(15, "10-12 turned into 10 December", one_cell(age_band="2022-12-10"), "partly_accepted",
         (Says("date_for_code", MUST, HOLD, ("age_band 4",)),)),
    Case(15, "a whole column of ages turned into dates", ages_turned_to_dates, "refused",
         (Says("no_good_row", MUST, REFUSE, ("sheet 1",)),
          Says("date_for_code", MUST, HOLD, tuple(f"age_band {row}" for row in SIX)))),
    Case(16, "semicolons and decimal commas", told_separators, "accepted"),
    Case(16, "a first line sep=;", lambda desk: told_separators(desk, before="sep=;\r\n"),
         "accepted"),
    Case(17, "a title above the headers", under_a_title, "accepted"),
    Case(17, "merged cells above the headers", under_merged_cells, "accepted"),
    Case(19, "other words in the headers", other_words, "accepted"),
    Case(19, "a column that nobody declared", nobody_knows, "refused",
         (Says("unknown_column", MUST, REFUSE, ("extra 1",)),)),
    Case(20, "a column twice", column_twice, "refused",
         (Says("duplicate_column", MUST, REFUSE, ("extra 1",)),)),
)  # fmt: skip
