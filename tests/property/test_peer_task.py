"""The peers' task written as a bundle answers every combination like a plain oracle."""

from tests.support.rules.peer_task import answer, every_resident, facts_of, oracle, peer_book


def test_every_combination_of_the_peers_task_agrees_with_the_oracle() -> None:
    book = peer_book()
    residents = list(every_resident())
    assert len(residents) == 10_227
    wrong = [one for one in residents if answer(facts_of(one), book) != oracle(one)]
    assert wrong == []
