from chat.admin.pulse.charts import HEIGHT, WIDTH, bar_chart, line_chart


def test_bars_are_as_tall_as_their_numbers():
    chart = bar_chart("k", "People a day", "people", ["Mon", "Tue", "Wed"], [10, 0, 5])
    assert [bar.height for bar in chart.bars] == [HEIGHT, 0, HEIGHT / 2]
    assert [bar.y for bar in chart.bars] == [0, HEIGHT, HEIGHT / 2]
    assert [bar.x for bar in chart.bars] == [0, WIDTH / 3, round(WIDTH * 2 / 3, 1)]
    assert chart.bars[0].says == "Mon: 10 people"
    assert chart.rows == [("Mon", 10), ("Tue", 0), ("Wed", 5)]
    assert chart.describes == "From Mon to Wed: at most 10 people, 5 at the end."


def test_nothing_is_no_bar():
    assert {bar.height for bar in bar_chart("k", "t", "people", ["a", "b"], [0, 0]).bars} == {0}


def test_a_line_breaks_where_there_is_nothing_and_a_lonely_point_is_seen():
    chart = line_chart("k", "t", "ms", ["1", "2", "3", "4"], {"p50": [10, 5, None, 10]})
    assert [line.pieces for line in chart.lines] == [["0.0,0.0 160.0,60.0", "480.0,0.0 482.0,0.0"]]
    assert chart.rows[2] == ("3", "-")
