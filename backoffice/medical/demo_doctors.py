"""The demo city's register of doctors; everybody in it is fictional."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

DOCTORS = 1_500
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶"
GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建文志国海峰雪梅晓红玉兰思远雨晨子涵浩然佳怡"
TITLES = ("住院医师", "主治医师", "副主任医师", "主任医师")
KNOWN = (
    # names that several share, and one of each status, for docs/demo.md
    ("王建国", "安澜市第一人民医院", "心血管内科", "主任医师", "valid"),
    ("王建国", "南港区人民医院", "内科", "主治医师", "valid"),
    ("李红", "安澜市第一人民医院", "消化内科", "主任医师", "valid"),
    ("刘芳", "安澜市中心医院", "心血管内科", "副主任医师", "valid"),
    ("欧阳静", "安澜市协和医院", "心血管内科", "副主任医师", "valid"),
    ("张伟", "安澜市第二人民医院", "骨科", "主任医师", "valid"),
    ("张伟", "东湖区中医医院", "针灸推拿科", "主治医师", "valid"),
    ("陈志远", "安澜惠民医院", "骨科", "主治医师", "expired"),
    ("赵德明", "安澜美仁医疗美容医院", "美容外科", "主治医师", "revoked"),
)
NO_PATIENTS = ("急诊", "预防接种", "高压氧", "理疗室", "治疗室")


def doctors(rng: random.Random, today: date, hospitals: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Make the register: the known ones first, then more for every hospital, the higher its level the more."""
    posts = list(KNOWN)
    weights = [one["level"] ** 2 for one in hospitals]
    for hospital in rng.choices(hospitals, weights=weights, k=DOCTORS - len(KNOWN)):
        departments = [one for one in hospital["departments"] if not one.startswith(NO_PATIENTS)]
        department = rng.choice(departments).split("（")[0]
        name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2, 2))))
        title = rng.choices(TITLES, weights=(30, 38, 22, 10))[0]
        status = rng.choices(("valid", "expired", "revoked"), weights=(965, 28, 7))[0]
        posts.append((name, hospital["name"], department, title, status))
    for number, (name, hospital_name, department, title, status) in enumerate(posts, 1):
        days = -rng.randrange(20, 900) if status == "expired" else rng.randrange(200, 1800)
        yield {
            "id": number,
            "name": name,
            # category, then the fictional region, then a running number
            "licence_number": f"110990100{number:06d}",
            "title": title,
            "hospital": hospital_name,
            "department": department,
            "valid_until": today + timedelta(days=days),
            "status": status,
        }
