"""What a program gets over HTTP."""

import json
import re

import httpx


def test_an_answer_quotes_its_citations(client: httpx.Client) -> None:
    answer = client.post("ask", json={"question": "当事人要求听证应当在几日内提出？"}).json()
    assert answer["outcome"] == "answered"
    cited = {c["number"]: c for c in answer["citations"]}
    period = next(sentence for sentence in answer["lead"] if "五日内" in sentence["text"])
    place = cited[period["citations"][0]]
    assert period["text"].strip("。：；") in place["text"]
    assert place["official"].startswith("《中华人民共和国行政处罚法》第六十四条")


def test_what_the_sources_do_not_answer_is_refused(client: httpx.Client) -> None:
    answer = client.post("ask", json={"question": "今天食堂中午吃什么？"}).json()
    assert answer["outcome"] == "refused"
    assert not answer["lead"][0]["citations"]


def test_a_question_may_lean_on_an_earlier_one(client: httpx.Client) -> None:
    body = {"question": "那扣押呢？", "history": ["查封的期限最长多少日？"]}
    answer = client.post("ask", json=body).json()
    assert "查封" in answer["understood"] or "期限" in answer["understood"]


def test_a_search_lists_evidence_within_the_bounds(client: httpx.Client) -> None:
    body = {"question": "查封期限", "count": 3, "kinds": ["statute"]}
    found = client.post("search", json=body).json()
    assert "中华人民共和国行政强制法" in {item["title"] for item in found["evidence"]}
    assert all(item["findings"] for item in found["evidence"] if not item["referred_by"])


def test_an_address_opens_its_passage_with_the_quote_marked(client: httpx.Client) -> None:
    found = client.get("citations", params={"text": "根据处罚法63条第一款和64条"}).json()
    place = found["places"][0]
    assert (place["label"], place["paragraph"]) == ("第六十三条", 1)
    assert len(found["places"]) == 2
    opened = client.get(
        "passages", params={"address": place["address"], "quote": "较大数额罚款"}
    ).json()
    target = next(item for item in opened["context"] if item["target"])
    start, end = target["marks"][0]
    assert target["text"][start:end] == "较大数额罚款"


def test_rows_of_item_lists_are_cited_like_articles(client: httpx.Client) -> None:
    found = client.get("citations", params={"text": "镇街清单第5项，镇清单第500项"}).json()
    assert [place["official"] for place in found["places"]] == [
        "《示范区街道综合执法事项清单（2026年修订）》第5项",
        "《示范区镇综合执法事项清单（2026年修订）》第5项",
    ]
    assert found["missing"] == ["镇清单第500项"]


def test_a_row_is_opened_by_its_citation(client: httpx.Client) -> None:
    opened = client.get("passages", params={"address": "街道清单第60项"}).json()
    assert opened["official"] == "《示范区街道综合执法事项清单（2026年修订）》第60项"


def test_a_citation_that_is_not_held_is_told(client: httpx.Client) -> None:
    found = client.get("citations", params={"text": "行政处罚法第九百条"}).json()
    assert found["missing"]
    assert not found["places"]


def test_documents_are_listed_and_taken_apart(client: httpx.Client) -> None:
    found = client.get("documents", params={"words": "行政强制法", "kind": "statute"}).json()
    assert found["total"] == 1
    outline = client.get(f"documents/{found['documents'][0]['id']}").json()
    assert outline["passages"][0]["label"] == "第一条"
    addresses = [passage["address"] for passage in outline["passages"]]
    assert len(addresses) == len(set(addresses))


def test_item_lists_answer_and_are_checked(client: httpx.Client) -> None:
    lists = client.get("items").json()
    answer = client.post("items/find", json={"question": "街道清单一共有多少项？"}).json()
    assert answer["kind"] == "count"
    assert answer["table"]["rows"]
    report = client.get("items/check", params={"list": lists[0]["id"]}).json()
    assert report["items"] == lists[0]["count"]


def test_procedure_tools_give_their_articles(client: httpx.Client) -> None:
    known = client.get("procedures").json()
    assert {"filing"} <= {event["id"] for event in known["events"]}
    body = {"event": "filing", "day": "2026-03-02"}
    periods = client.post("procedures/deadlines", json=body).json()
    assert periods["entries"][0]["day"] == "2026-05-31"
    assert "第六十条" in periods["entries"][0]["bases"][0]["official"]
    case = {"acts": ["revoked"], "party": "organisation"}
    review = client.post("procedures/review", json=case).json()
    hearing = next(entry for entry in review["entries"] if "听证" in entry["title"])
    assert hearing["verdict"] == "must"
    steps = client.get("procedures/flow", params={"name": "simple"}).json()
    assert len(steps["entries"]) > 2


def test_errors_are_problems_in_chinese_without_the_question(client: httpx.Client) -> None:
    secret = "张三的身份证号"
    for response, status in (
        (client.post("ask", json={"question": "", "note": secret}), 422),
        (client.post("procedures/deadlines", json={"event": "x", "day": "2026-03-02"}), 422),
        (client.post("items/find", json={"question": "今天天气怎么样？"}), 422),
        (client.get("passages", params={"address": "law-x#a1"}), 404),
        (client.get("documents/unknown"), 404),
        (client.get("items/check", params={"list": "unknown"}), 404),
        (client.get("nowhere"), 404),
        (client.get("ask"), 405),
    ):
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        assert re.search(r"[一-鿿]{4}", problem["detail"])
        assert secret not in response.text


def test_the_documentation_is_complete_and_needs_no_other_host(client: httpx.Client) -> None:
    described = client.get("openapi.json").json()
    operations = [o for path in described["paths"].values() for o in path.values()]
    assert len(operations) == 14
    assert all(re.search(r"[一-鿿]", o["summary"] + o["description"]) for o in operations)
    fields = [
        field
        for name, schema in described["components"]["schemas"].items()
        if name.endswith(("Reply", "Request"))
        for field in schema.get("properties", {}).values()
    ]
    assert all("description" in field for field in fields)
    page = client.get("docs").text
    assert "http://" not in page
    assert "https://" not in page
    for address in re.findall(r'(?:src|href)="(/[^"]+)"', page):
        assert client.get(str(client.base_url.join(address))).status_code == 200


def test_without_a_model_the_stream_is_the_answer(client: httpx.Client) -> None:
    body = {"question": "当事人要求听证应当在几日内提出？"}
    events = streamed(client, body)
    assert [name for name, _ in events] == ["part", "done"]
    assert events[-1][1]["outcome"] == "answered"


def streamed(client: httpx.Client, body: dict[str, str]) -> list[tuple[str, dict[str, object]]]:
    with client.stream("POST", "ask/stream", json=body) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        blocks = "".join(response.iter_text()).strip().split("\n\n")
    return [
        (block.split("\n")[0].removeprefix("event: "), json.loads(block.split("data: ", 1)[1]))
        for block in blocks
    ]
