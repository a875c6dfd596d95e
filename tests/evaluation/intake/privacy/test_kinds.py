"""What each kind takes for personal and what not: one example a line, all invented."""

import pytest

from evaluation.intake.privacy import address, birth, iban, initials, past, patronymic, surname
from evaluation.intake.privacy.scan import kinds_in

FOUND = {
    "iin": [
        "9912-3150-0016", "991231\u00a0500016", "№3 991231 500016", "9.91231500016e+11", "9,9E+11",
        "ИИН 091300500", "жсн: 1300500016", "ИИН: 1300500016",
    ],
    "phone": [
        "+7 916 123-45-67", "89161234567", "916 123-45-67", "тел. 55-55-55", "WhatsApp 551234",
        "+90 532 123 45 67", "+998901234567", "№3 8 (7172) 61-78-61", "87771234567 87011234567",
        "сот.7011234", "8 701 123 45 67 5 класс", "6 8 701 123 45 67", "87011234567 (1)", "+(7701) 1234567", "8 800 555 35 35",
    ],
    "mail": ["инста: some_nick", "telegram @nick_1", "VK.com/id1", "https://instagram.com/nick"],
    "iban": ["KZ86125KZT5004100100", "kz86 125k zt50 0410 0100", "DE89370400440532013000"],
    "patronymic": [
        "Серікұлы", "СЕРІКҰЛЫ", "Маратқызының", "серікқызы", "Маратович", "Маратовна", "маратовна",
        "Маратовны", "Маратовичу", "Никитична", "Кузьмича", "Serikuly", "Maratqyzy", "Maratovich",
        "Сапаров Нұрлан Серикулы", "Серикулы Марат", "САПАРОВ СЕРИКУЛЫ", "Серик улы",
        "Сапаров Серік ұлы келді", "Серік-ұлы", "Али Вели оглы",
    ],
    "initials": [
        "Ахметов А. Б.", "Ахметов А.Б.", "А.Б. Ахметов", "Сейтқали Ә.", "А. Ахметова",
        "Ахметов-Сапаров А.Б", "Ахметов, А.",
    ],
    "birth_date": [
        "17.05.2010", "2010-05-17", "17/05/2010", "17 мая 2010 г.", "2010 жылғы 17 мамыр",
        "May 17, 2010", "2010-05-17T00:00:00", "2010 г.р.", "2010 ж.т.", "2010 года рождения",
        "родилась 17.05.10", "туған күні: 17.05.2010", "born 17 May", "мама, 17.05.2010, школа",
    ],
    "address": [
        "ул. Абая, 5", "улица Достык", "на улице Абая", "Абай көшесі 10", "12 мкр", "мкр. 5",
        "5-й микрорайон", "пр. Абая", "кв. 15", "дом 5, кв. 3", "12-үй, 5-пәтер", "5 пәтер",
        "12 Abay Street", "Abay Street 12", "индекс 050000", "050000, г. Алматы",
    ],
    "past": [
        "Сирия", "из Сирии", "сирийский", "Ирактан", "возвращённые дети", "РЕПАТРИАНТ", "оралғандар",
        "операция Жусан", "conflict zone", "зоне конфликта", "Al-Hol", "аль-холь", "a returnee",
    ],
}  # fmt: skip

NOTHING = [
    # numbers
    "991231500014", "27-40831-1 71-99999-4", "71-99999-4 75-00001-3", "2022-03-14 10:20",
    "14.03.2022-27.05.2022", "202203-202211", "6 7 8 9 10 11 12", "7 1 2 3 4 5 6 7 8 9",
    "61 62 63 64 65", "1234567890", "9161234567", "20759478", "312567890", "анкета 000123",
    "0.991231500016", "va6057692402c0d20e97590", "8 200 300 40 50", "+1 2 3 4 5 6 7 8 9 10",
    "учитель 12345", "KZ86125KZT5004100101", "KZ8612", "9E", "1E+05", "5E12", "+7 701 1",
    # words
    "Ұлытау", "Қызылорда", "Ұлы дала", "Ұлы Отан соғысы", "Абай ұлы ақын", "Абайдың ұлы", "основна",
    "Духовной", "царевич", "Прогулы уроков", "Ашулы бала", "Стулы", "truly", "кыргызы", "Барановичи",
    "условны", "маратовны", "Вариант А. Да", "Группа Б.", "школа им. А. С. Пушкина",
    "Ы. Алтынсарин атындағы мектеп", "А. Школа", "Ф.И.О. не пишите", "т.е. нет", "см. стр.",
    "15 кв. м", "3 үй", "дом 5", "улица холодно", "пр. 5 %", "в доме 3 окна", "Сириус", "сирень",
    "летний лагерь", "жусан иісі", "возвращаюсь домой", "ирактуал", "Акмолинская Область",
    # dates
    "14.03.2022", "2022", "2010", "закон от 21.05.2013", "2013-05-21T10:20:30", "в 2010 году",
    "2017-12-28 15:02:02", "17.05.1901", "родной язык",
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"), [(k, text) for k, texts in FOUND.items() for text in texts]
)
def test_it_is_found_and_called_by_its_kind(kind, text):
    assert kind in {named for _, named in kinds_in([text], 2019)}


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_found_where_nothing_is(text):
    assert kinds_in([text], 2019) == []


def test_dates_are_birthdays_only_where_the_study_says_when_it_began():
    assert kinds_in(["17.05.2010"]) == []
    assert kinds_in(["born 17.05.2010"]) == [(0, birth.KIND)]
    assert birth.birth_year_before(None) is None


def mod_97(account):
    """Digit by digit, as one would on paper."""
    rest = 0
    for sign in account[4:] + account[:4]:
        for digit in str("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(sign)):
            rest = (10 * rest + int(digit)) % 97
    return rest


@pytest.mark.parametrize(
    "account", ["KZ86125KZT5004100100", "KZ86125KZT5004100101", "DE89370400440532013000"]
)
def test_the_remainder_agrees_with_division_on_paper(account):
    assert iban.is_iban(account) == (mod_97(account) == 1)


def test_names_are_asked_about_and_a_column_of_them_is_a_list():
    one = ("Сапарова Нұрдана", "да", "нет", "", "иә")
    assert surname.names_in(one) == ([0], False)
    many = ("Сапарова Нұрдана", "Берик Алдосов", "Вера Аркорова", "Марат Серік", "ФИО")
    assert surname.names_in(many) == ([0, 1, 2, 3], True)


@pytest.mark.parametrize("kind", [address, past, patronymic])
def test_a_kind_passes_over_words_that_it_has_no_use_for(kind):
    assert not kind.may_hold({"школа", "оқу", "note"})


def test_initials_need_a_point():
    assert list(initials.find("Ахметов А Б")) == []
