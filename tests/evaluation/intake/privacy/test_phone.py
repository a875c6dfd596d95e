import pytest

from evaluation.intake.privacy import phone


@pytest.mark.parametrize(
    "text",
    [
        "87011234567",
        "+77011234567",
        "77011234567",
        "7011234567",
        "+7 (701) 123-45-67",
        "8 701 123 45 67",
        "8-701-123-45-67",
        "(7172) 55-55-55",
        "тел.+7 747 123 45 67!",
        "мама 87771234567, папа",
    ],
)
def test_a_number_is_found_however_it_is_grouped(text):
    assert list(phone.find(text))


@pytest.mark.parametrize(
    "text",
    [
        "2022-12-05",
        "2022-12-05 10:20:30",
        "05.12.2022",
        "27-40831-1",
        "71-99999-4",
        "20759478",
        "enketo.org:2gnoXEilHRGn6V5i",
        "1234567890",
        "870112345678",
        "0.7011234567",
        "7,0112345678",
        "S71001 V0001",
        "701\n1234567",
    ],
)
def test_what_is_no_number_of_a_telephone_is_not_found(text):
    assert list(phone.find(text)) == []
