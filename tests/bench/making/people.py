"""Names of speakers who do not exist, and of the offices and publishers around them."""

from __future__ import annotations

_KO_FAMILY = (
    "김 Kim", "이 Lee", "박 Park", "최 Choi", "정 Chung", "강 Kang", "윤 Yoon", "장 Chang",
    "임 Lim", "한 Han", "오 Oh", "서 Seo", "신 Shin", "권 Kwon", "황 Hwang",
)  # fmt: skip
_KO_GIVEN = (
    "민준 Min-jun", "서연 Seo-yeon", "지훈 Ji-hoon", "수진 Su-jin", "영호 Young-ho",
    "현우 Hyun-woo", "은주 Eun-ju", "태식 Tae-sik", "정민 Jung-min", "상철 Sang-chul",
    "미영 Mi-young", "동욱 Dong-wook", "재현 Jae-hyun", "혜원 Hye-won", "성호 Sung-ho",
    "경희 Kyung-hee", "준영 Jun-young", "나래 Na-rae",
)  # fmt: skip
_EN_GIVEN = (
    "James 제임스", "Mary 메리", "Robert 로버트", "Susan 수전", "David 데이비드", "Karen 캐런",
    "Scott 스콧", "Linda 린다", "Howard 하워드", "Alice 앨리스", "Peter 피터", "Janet 재닛",
    "Mark 마크", "Laura 로라", "Steven 스티븐", "Nancy 낸시",
)  # fmt: skip
_EN_FAMILY = (
    "Adams 애덤스", "Baker 베이커", "Carter 카터", "Davis 데이비스", "Evans 에번스",
    "Foster 포스터", "Grant 그랜트", "Hughes 휴스", "Irving 어빙", "Jensen 젠슨", "Keller 켈러",
    "Lawson 로슨", "Miller 밀러", "Norton 노턴", "Owens 오언스", "Porter 포터",
)  # fmt: skip
_POSTS = (
    ("minister-of-{}", "Minister of {}", "{} 장관"),
    ("vice-minister-of-{}", "Vice Minister of {}", "{} 차관"),
    ("spokesperson-of-{}", "Spokesperson of the Ministry of {}", "{} 대변인"),
    ("director-of-{}", "Director General for {}", "{} 국장"),
    ("envoy-for-{}", "Special Envoy for {}", "{} 특사"),
)
_FIELDS = ("Trade 통상", "Finance 재무", "Defence 국방", "Industry 산업", "Agriculture 농업",
           "Energy 에너지")  # fmt: skip
PARTIES = (
    ("KR", "Republic of Korea", "대한민국", "Seoul", "서울", "Asia/Seoul"),
    ("US", "United States", "미국", "Washington", "워싱턴", "America/New_York"),
    ("KP", "North Korea", "북한", "Pyongyang", "평양", "Asia/Pyongyang"),
    ("JP", "Japan", "일본", "Tokyo", "도쿄", "Asia/Tokyo"),
)
# Of twenty speakers so many are of each party, in this order.
_SHARE = ("KR",) * 10 + ("US",) * 8 + ("KP", "JP")


def party_of(speaker: int) -> str:
    """The code of the party for which a speaker speaks."""
    return _SHARE[speaker % len(_SHARE)]


def person(number: int) -> tuple[str, str, str]:
    """Slug, English and Korean name of a speaker; the seventh is the minister of the search."""
    if number == 6:
        return "cho-hyun", "Cho Hyun", "조현"
    if party_of(number) == "US":
        given, given_ko = _EN_GIVEN[number % 16].split()
        family, family_ko = _EN_FAMILY[number // 16 % 16].split()
        return f"{given}-{family}-{number}".lower(), f"{given} {family}", f"{given_ko} {family_ko}"
    family_ko, family = _KO_FAMILY[number % 15].split()
    given_ko, given = _KO_GIVEN[number // 15 % 18].split()
    return f"{family}-{given}-{number}".lower(), f"{family} {given}", f"{family_ko}{given_ko}"


def offices() -> list[tuple[str, str, str, str]]:
    """Slug, titles and party of each office: thirty for each party."""
    made = []
    for code, *_ in PARTIES:
        for slug, en, ko in _POSTS:
            for field in _FIELDS:
                name, name_ko = field.split()
                made.append((f"{code}-{slug.format(name)}".lower(), en.format(name),
                             ko.format(name_ko), code))  # fmt: skip
    return made


def publishers() -> list[tuple[str, str, str, str, str]]:
    """Slug, names, tier and grade of sixty publishers."""
    tiers = ("primary_text",) * 2 + ("press",) * 6 + ("mirror", "unreliable")
    grades = {"primary_text": "A", "press": "B", "mirror": "C", "unreliable": "E"}
    return [
        (f"publisher-{number}", f"Publisher {number}", f"{number}번 매체",
         tiers[number % 10], grades[tiers[number % 10]])
        for number in range(60)
    ]  # fmt: skip
