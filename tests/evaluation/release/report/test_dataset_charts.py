"""Pictures of datasets: every number that is drawn stands there, and looks differ by more than colour."""

from evaluation.release.report.charts import pairs, stacks


def test_pairs_are_drawn_with_their_names_and_numbers() -> None:
    two = (
        pairs.Pair("Cooking", 2.0, 6.0, ("2.0", "6.0")),
        pairs.Pair("Singing", 5.0, 4.0, ("5.0", "4.0")),
    )
    svg = pairs.draw(two, ("Before", "After"), tick=lambda value: f"{value:.0f}", id="p")
    for text in ("Cooking", "Singing", "2.0", "6.0", "Before", "After"):
        assert text in svg
    assert 'aria-hidden="true"' in svg and 'id="p-' in svg


def test_pairs_that_are_all_alike_still_have_an_axis() -> None:
    one = (pairs.Pair("Cooking", 3.0, 3.0, ("3.0", "3.0")),)
    assert "<svg" in pairs.draw(one, ("Before", "After"), tick=str, id="p")


def test_layers_are_named_and_hatched() -> None:
    layers = (stacks.Stack("open", (3.0, 1.0)), stacks.Stack("closed", (0.0, 2.0)))
    svg = stacks.draw(layers, ("1", "2"), axis="Stall number", id="s")
    assert "open" in svg and "closed" in svg and "Stall number" in svg
    assert "pattern" in svg  # matplotlib draws a hatching as a pattern
