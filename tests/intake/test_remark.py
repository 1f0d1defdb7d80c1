"""Comments by columns, and pseudonyms that hold within one key."""

from __future__ import annotations

from jianwei.intake import remark


def test_without_a_key_names_hold_for_one_process_only() -> None:
    named, again, keyed = remark.namer(b""), remark.namer(b""), remark.namer(b"k" * 32)
    assert named("甲") == again("甲") != keyed("甲")
    assert named("") is None
    assert named(None) is None


def test_an_answer_leads_to_what_it_answers() -> None:
    at = {
        "id": "5001",
        "weibo_id": "3838374783294101",
        "created_at": "2015-05-06 08:00",
        "root_id": "5000",
        "user_id": "7",
        "like_count": 0,
    }
    told = remark.weibo(at, remark.namer(b""))
    assert (told.reply_to, told.likes, told.by_account) == ("weibo:5000", 0, None)
    assert remark.weibo(at | {"root_id": "5001"}, remark.namer(b"")).reply_to is None
