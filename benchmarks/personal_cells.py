"""Cells with and without personal data, in Kazakh, Russian and English: invented, seeded, labelled.

Made from syllables and shapes of its own; knows nothing of how the gate looks for them. No name,
number or address belongs to anybody: birth dates of numbers lie in 2099 where they need none.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """`kind` is what it holds; None: nothing personal."""

    text: str
    kind: str | None


HEADS = [
    "Сер",
    "Нұр",
    "Бер",
    "Мар",
    "Дас",
    "Қан",
    "Жан",
    "Алд",
    "Бай",
    "Тем",
    "Ораз",
    "Сағ",
    "Ерк",
    "Дәул",
    "Мұх",
    "Әлім",
    "Шың",
]
TAILS = [
    "ік",
    "лан",
    "дос",
    "бол",
    "ат",
    "тай",
    "ғат",
    "мұрат",
    "хан",
    "іс",
    "ет",
    "ияр",
    "ыбек",
    "қали",
]
RUSSIAN = [
    "Вал",
    "Бор",
    "Арк",
    "Рост",
    "Люб",
    "Вер",
    "Гор",
    "Свет",
    "Тим",
    "Зах",
    "Ник",
    "Пав",
    "Лаз",
    "Март",
    "Кир",
]
RUSSIAN_TAILS = ["ан", "ор", "им", "ил", "ам", "ен", "ис", "ар", "ав", "ан"]
LATIN = [
    "Ser",
    "Nur",
    "Ber",
    "Mar",
    "Das",
    "Kan",
    "Zhan",
    "Ald",
    "Bay",
    "Tem",
    "Oraz",
    "Sag",
    "Erk",
]
LATIN_TAILS = ["ik", "lan", "dos", "bol", "at", "tay", "gat", "murat", "khan", "is", "et", "iyar"]
CONTEXTS = (
    "{}",
    "{}",
    "{}",
    "{}",
    "мама {}",
    "{} (опекун)",
    "анасы: {}",
    "см. {}",
    "{}, 5 класс",
    "mother {}",
    "контакт: {}",
    "{} келді",
    "№3 {}",
    "  {} ",
)


def corpus(*, seed: int, of_each: int, clean: int) -> list[Cell]:
    """`of_each` cells of every kind and `clean` without, mixed."""
    rng = random.Random(seed)
    cells = [
        Cell(rng.choice(CONTEXTS).format(make(rng)), kind)
        for kind, make in MAKERS.items()
        for _ in range(of_each)
    ]
    cells += [Cell(rng.choice(CLEAN)(rng), None) for _ in range(clean)]
    rng.shuffle(cells)
    return cells


# Positives


def _first(rng: random.Random) -> str:
    return rng.choice(HEADS) + rng.choice(TAILS)


def _russian(rng: random.Random) -> str:
    return rng.choice(RUSSIAN) + rng.choice(RUSSIAN_TAILS)


def _latin(rng: random.Random) -> str:
    return rng.choice(LATIN) + rng.choice(LATIN_TAILS)


def _surname(rng: random.Random) -> str:
    return rng.choice(
        (
            _first(rng) + rng.choice(("ов", "ова", "баев", "баева", "беков", "бекова")),
            _russian(rng) + rng.choice(("ов", "ова", "ин", "ина", "енко", "ский", "ская")),
        )
    )


def iin(rng: random.Random) -> str:
    digits = _iin_digits(rng)
    shapes: list[Callable[[str], str]] = [
        lambda d: d,
        lambda d: d,
        lambda d: d,
        lambda d: f"{d[:6]} {d[6:]}",
        lambda d: f"{d[:6]}-{d[6:]}",
        lambda d: f"{d[:4]} {d[4:8]} {d[8:]}",
        lambda d: f"ИИН {d}",
        lambda d: f"ЖСН: {d}",
        lambda d: f"{d[0]},{d[1:6]}E+11" if d[0] != "0" else d,
        lambda d: f"{d[:6]}\u00a0{d[6:]}",
    ]
    return rng.choice(shapes)(digits)


def _iin_digits(rng: random.Random) -> str:
    """Both rounds of weights, written out; drawn again where none gives a digit."""
    while True:
        year = rng.choice([99, rng.randrange(4, 15)])
        body = f"{year:02}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
        body += rng.choice("56") + f"{rng.randrange(10_000):04}"
        total = 0
        for place in range(11):
            total += (place + 1) * int(body[place])
        if total % 11 == 10:
            total = 0
            for weight, digit in zip((3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2), body, strict=True):
                total += weight * int(digit)
        if total % 11 < 10:
            return body + str(total % 11)


def phone(rng: random.Random) -> str:
    operator = rng.choice(
        ["700", "701", "702", "705", "707", "708", "747", "771", "775", "776", "777", "778"]
    )
    if rng.random() < 0.2:
        operator = rng.choice(["903", "916", "925", "964", "985", "999"])
    a, b, c = rng.randrange(1000), rng.randrange(100), rng.randrange(100)
    shape = rng.choice(
        (
            "+7{o}{a:03}{b:02}{c:02}",
            "8{o}{a:03}{b:02}{c:02}",
            "+7 {o} {a:03} {b:02} {c:02}",
            "8 ({o}) {a:03}-{b:02}-{c:02}",
            "+7({o}){a:03}{b:02}{c:02}",
            "8-{o}-{a:03}-{b:02}-{c:02}",
            "8{o} {a:03}{b:02}{c:02}",
            "+7\u00a0{o}\u00a0{a:03}\u00a0{b:02}\u00a0{c:02}",
            "8 (7172) {b:02}-{c:02}-{b:02}",
            "+7 7252 {b:02} {c:02} {b:02}",
            "+90 532 {a:03} {b:02} {c:02}",
            "тел. {b:02}-{c:02}-{b:02}",
            "ұялы {o}{a:03}{b:02}{c:02}",
        )
    )
    return shape.format(o=operator, a=a, b=b, c=c)


def patronymic(rng: random.Random) -> str:
    first, russian, latin = _first(rng), _russian(rng), _latin(rng)
    made = rng.choice(
        (
            first + rng.choice(("ұлы", "қызы", "кызы")),
            f"{first} {_first(rng)}ұлы",
            f"{_surname(rng)} {first} {_first(rng)}улы",
            f"{_surname(rng)} {first} {_first(rng)} қызы",
            f"{_surname(rng)} {first} {_first(rng)} ұлы",
            russian + rng.choice(("ович", "овна", "евич", "евна")),
            f"{_surname(rng)} {russian} {_russian(rng)}{rng.choice(('ович', 'овна'))}",
            f"{russian}овны",
            f"{_russian(rng)} {russian}овичу",
            latin + rng.choice(("uly", "kyzy", "qyzy", "ovich", "ovna")),
            f"{_latin(rng)}ov {latin} {_latin(rng)}uly",
        )
    )
    size = rng.random()
    if size < 0.1 and "улы" not in made and " " not in made:
        return made.upper()
    return made.lower() if size > 0.95 and " " not in made and made[-1] not in "ыу" else made


def initials(rng: random.Random) -> str:
    letters = "АБГДЕЖИКЛМНПРСТӘҚҰ"
    a, b = rng.choice(letters), rng.choice(letters)
    shapes = ("{s} {a}.{b}.", "{s} {a}. {b}.", "{a}.{b}. {s}", "{a}. {b}. {s}", "{s} {a}.")
    return rng.choice(shapes).format(s=_surname(rng), a=a, b=b)


def mail(rng: random.Random) -> str:
    nick = _latin(rng).lower() + str(rng.randrange(100))
    shapes = (
        "{}@example.kz",
        "{}.m@mail.example",
        "@{}_x",
        "t.me/{}",
        "wa.me/7701{}",
        "https://www.instagram.com/{}",
        "инстаграм: {}",
        "vk.com/{}",
        "telegram @{}",
    )
    return rng.choice(shapes).format(nick)


def iban(rng: random.Random) -> str:
    bank = "".join(rng.choice("0123456789ABCDEFGHJKLMNPRST") for _ in range(16))
    letters = {chr(65 + n): str(10 + n) for n in range(26)}
    number = "".join(letters.get(sign, sign) for sign in f"{bank}KZ00")
    account = f"KZ{98 - int(number) % 97:02}{bank}"
    if rng.random() < 0.5:
        return account
    return " ".join(account[start : start + 4] for start in range(0, 20, 4))


def birth_date(rng: random.Random) -> str:
    d, m, y = rng.randrange(1, 29), rng.randrange(1, 13), rng.randrange(2003, 2016)
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    shapes = (
        f"{d:02}.{m:02}.{y}",
        f"{y}-{m:02}-{d:02}",
        f"{d:02}/{m:02}/{y}",
        f"{y} г.р.",
        f"род. {d:02}.{m:02}.{y}",
        f"{d:02}.{m:02}.{y} туған",
        f"born {d:02}.{m:02}.{y}",
        f"родился {d} {months.split()[m - 1]} {y}",
        f"дата рождения: {d:02}.{m:02}.{y % 100:02}",
    )
    return rng.choice(shapes)


def address(rng: random.Random) -> str:
    n, k, name = rng.randrange(1, 200), rng.randrange(1, 90), _first(rng)
    shapes = (
        f"ул. {name}а, {n}",
        f"улица {name}, дом {n}, кв. {k}",
        f"{name} көшесі, {n}-үй",
        f"{name} көшесі {n}",
        f"мкр. {name}, {n}",
        f"{k % 20 + 1} мкр, дом {n}",
        f"пр. {name}, {n}",
        f"{name} даңғылы {n}",
        f"д. {n}, кв. {k}",
        f"{n}-үй, {k}-пәтер",
        f"{name} ықшам ауданы, {n}",
        f"{n} {_latin(rng)} Street",
        f"индекс 0{rng.randrange(10_000, 99_999)}",
        f"кв. {k}",
    )
    return rng.choice(shapes)


def past(rng: random.Random) -> str:
    said = (
        "вернули из Сирии",
        "Ирактан келген",
        "операция «Жусан»",
        "сирийский лагерь",
        "репатриант",
        "from Syria",
        "a returnee",
        "возвращённая семья",
        "зона конфликта",
        "Русафа",
        "Сириядан",
        "оралған бала",
        "дети боевиков",
        "conflict zone",
        "игил",
        "терроризм",
        "соғыс аймағы",
        "РЕПАТРИАЦИЯ",
        "Iraqi",
        "лагерь беженцев",
    )
    return rng.choice(said)


def document(rng: random.Random) -> str:
    number = f"{rng.randrange(10**8, 10**9)}"
    papers = (
        f"паспорт N{number[:8]}",
        f"№ паспорта {number[:8]}",
        f"уд. личности {number}",
        f"удостоверение личности № {number}",
        f"жеке куәлігі {number}",
        f"туу туралы куәлік № {number[:7]}",
        f"төлқұжат: {number[:8]}",
        f"свид. о рождении {number[:7]}",
        f"ID card {number}",
        f"passport no. {number[:8]}",
    )
    return rng.choice(papers)


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "iin": iin,
    "phone": phone,
    "patronymic": patronymic,
    "initials": initials,
    "mail": mail,
    "iban": iban,
    "birth_date": birth_date,
    "address": address,
    "past": past,
    "document": document,
}

# Cells with nothing personal in them; many look as if.

PLACES = (
    "Ұлытау",
    "Ұлытау облысы",
    "Қызылорда",
    "Қызылорда облысы",
    "область Ұлытау",
    "Кызылорда",
    "Акмолинская область",
    "Западно-Казахстанская область",
    "Батыс Қазақстан облысы",
    "Нұр-Сұлтан",
    "Усть-Каменогорск",
    "Түркістан",
    "г. Алматы",
    "Алматы қ.",
    "Астана қаласы",
    "Abai Region",
    "East Kazakhstan Region",
    "Ақсуат ауданы",
    "Жаңаарқа",
    "Сарканский район",
    "Петропавловск",
)
LOOKALIKES = (
    "Ұлы дала",
    "Ұлы Жібек жолы",
    "Абай ұлы ақын",
    "ұлы тұлғалар",
    "Абайдың ұлы",
    "қызы бар",
    "Қызыл кітап",
    "Ашулы бала",
    "Прогулы уроков",
    "Основна",
    "Царевна-лягушка",
    "Вариант А.",
    "Группа Б. 12 человек",
    "класс А.",
    "школа им. А. С. Пушкина",
    "Ы. Алтынсарин атындағы мектеп",
    "гимназия имени М. Ауэзова",
    "15 кв. м",
    "дома хорошо",
    "в доме три окна",
    "на улице холодно",
    "пр. 5 %",
    "детский дом",
    "үйде отырмын",
    "сирень цветёт",
    "Сириус",
    "летний лагерь",
    "возвращаюсь из школы",
    "Ф.И.О. не пишите",
    "т.д. и т.п.",
    "Духовная жизнь",
    "деревня",
    "кыргызы и казахи",
    "Верховна",
    "аулы и города",
    "жусан иісі",
    "Unruly class",
    "truly",
    "U.S. and E.U.",
    "Section A.",
    "Grade B.",
    "3 үй",
    "12 пар",
    "рабочая группа",
    "родина",
    "родной язык",
    "родители",
    "рождество",
    "день рождения школы",
    "Казахстан",
    "тел",
    "почта",
    "ИИН не указывать",
    "without phone",
    "e-mail жоқ",
    "адрес не нужен",
    "мой дом 2 этажа",
)
KAZAKH = [
    "мен",
    "мектепте",
    "достарым",
    "көп",
    "кітап",
    "оқимын",
    "үйде",
    "әжем",
    "ертегі",
    "айтады",
    "бүгін",
    "жақсы",
    "күн",
    "болды",
    "біз",
    "бірге",
    "ойнаймыз",
    "мұғалім",
    "сабақ",
    "түсіндірді",
    "маған",
    "ұнайды",
    "қазақша",
    "сөйлеймін",
    "ауылда",
    "ат",
    "бар",
]
RUSSIAN_WORDS = [
    "мне",
    "нравится",
    "в",
    "школе",
    "бабушка",
    "рассказывает",
    "истории",
    "мы",
    "играем",
    "вместе",
    "сегодня",
    "хороший",
    "день",
    "учитель",
    "помог",
    "понять",
    "урок",
    "я",
    "люблю",
    "читать",
    "книги",
    "дома",
    "спокойно",
    "друзья",
    "зовут",
    "гулять",
    "занятие",
    "прошло",
    "интересно",
    "ребёнок",
    "устал",
    "перерыв",
    "ответил",
    "не",
    "на",
    "все",
    "вопросы",
]
ENGLISH = [
    "the",
    "child",
    "likes",
    "stories",
    "at",
    "school",
    "we",
    "play",
    "together",
    "today",
    "was",
    "a",
    "good",
    "day",
    "teacher",
    "helped",
    "me",
    "understand",
    "reading",
    "books",
    "at",
    "home",
    "friends",
    "invite",
    "session",
    "went",
    "well",
    "asked",
    "for",
    "a",
    "break",
]


def _sentence(rng: random.Random) -> str:
    words = rng.choice((KAZAKH, RUSSIAN_WORDS, ENGLISH))
    said = " ".join(rng.choice(words) for _ in range(rng.randrange(2, 9)))
    return said.capitalize() + rng.choice(("", ".", "!", " (2)", " 5/5"))


def _child_code(rng: random.Random) -> str:
    return f"{rng.randrange(10, 80)}-{rng.randrange(100_000):05}-{rng.randrange(10)}"


def _number(rng: random.Random) -> str:
    n = rng.randrange(1_000_000)
    shapes = (
        f"№ {n:06}",
        f"{n:06}",
        f"2022/{n % 10_000:04}",
        f"KZ-27-{n % 100_000:05}",
        f"A-{n}",
        f"{rng.randrange(10**7, 10**9)}",
        f"{n / 1000:.3f}",
        f"{n % 100} %",
        f"{n % 60} мин",
        f"0.{rng.randrange(10**12):012}",
        f"{n % 1000} 000",
        f"S{n % 100_000:05}",
        f"V{n % 10_000:04}",
        f"анкета {n:06}",
        f"{43 + n / 10**7:.6f} {76 + n / 10**7:.6f}",
        f"1{rng.randrange(10**9):09}",
    )
    return rng.choice(shapes)


def _date(rng: random.Random) -> str:
    d, m = rng.randrange(1, 29), rng.choice((3, 4, 5, 11, 12))
    shapes = (
        f"{d:02}.{m:02}.2022",
        f"2022-{m:02}-{d:02}",
        f"{d:02}.{m:02}.2022-{d:02}.{m:02}.2022",
        f"2022-{m:02}-{d:02}T10:{d:02}:30.000+06:00",
        f"{d} мая 2022",
        f"2022-{m:02}-{d:02} 10:{d:02}",
        f"с {d:02}.{m:02} по {d:02}.{m:02}",
        f"закон от {d:02}.{m:02}.2013",
        "2022",
        "10-12",
        "2015",
    )
    return rng.choice(shapes)


def _machine(rng: random.Random) -> str:
    h = f"{rng.getrandbits(128):032x}"
    shapes = (f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}", f"uuid:{h}", h, "v" + h[:22])
    return rng.choice(shapes)


def _answers(rng: random.Random) -> str:
    several = " ".join(map(str, sorted(rng.sample(range(1, 16), rng.randrange(3, 9)))))
    return rng.choice((several, str(rng.randrange(1, 10)), "да", "иә", "F", "қазақша", "8–9"))


def _codes(rng: random.Random) -> str:
    return rng.choice((" ", ", ", "; ")).join(_child_code(rng) for _ in range(rng.randrange(1, 4)))


CLEAN: tuple[Callable[[random.Random], str], ...] = (
    lambda rng: rng.choice(PLACES),
    lambda rng: rng.choice(LOOKALIKES),
    _sentence,
    _sentence,
    _codes,
    _number,
    _date,
    _machine,
    _answers,
)


def columns(cells: list[Cell], height: int) -> Iterator[list[Cell]]:
    """As a file would hold them: a column judges its cells together."""
    for start in range(0, len(cells), height):
        yield cells[start : start + height]
