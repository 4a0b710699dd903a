"""Nothing that names people or machines, and no key, is left in a text; what helps stays."""

import pytest

from ocrstudio.core.scrub import Scrubber


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("https://wang:s3cr3t!@nexus.acme.com/simple", ["wang", "s3cr3t"]),
        ("https://tok3n@github.com/x/y.git", ["tok3n"]),
        ("GET https://x.com/a?authorization=bce-auth-v1%2FALT&b=1", ["bce-auth"]),
        ("https://x.com/a?X-Amz-Signature=0123abcd&ok=1", ["0123abcd"]),
        ("Authorization: Bearer abc.def.ghi-0123", ["abc.def"]),
        ("-H 'X-Api-Key: 0a1b2c3d4e'", ["0a1b2c3d4e"]),
        ("password=hunter22", ["hunter22"]),
        ("wandb_api_key: 77aa88bb99", ["77aa88bb99"]),
        ('{"db.password": "two words"}', ["two words"]),
        ("MY_SECRET_TOKEN='xyz zyx'", ["xyz zyx"]),
        ("the password is hunter22", ["hunter22"]),
        ("tool --token abcdefgh --x 1", ["abcdefgh"]),
        ("ghp_0123456789abcdefABCDEF", ["ghp_0123"]),
        ("hf_abcdefghijklmnopqrst", ["hf_abc"]),
        ("AKIAIOSFODNN7EXAMPLE", ["AKIAIOS"]),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx.abc-DEF", ["eyJhbG"]),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----", ["MIIE"]),
        ("mail me: li.wei+ocr@example.com.cn.", ["li.wei", "example.com"]),
        ("/home/liwei/data/a.png", ["liwei"]),
        ('File "/Users/liwei/x.py"', ["liwei"]),
        (r"C:\Users\Li Wei\ocr\x.png", ["Li Wei"]),
        (r"'C:\\Users\\李伟\\ocr'", ["李伟"]),
        ("C:/Users/liwei", ["liwei"]),
        (r"\\nas42\scans\1.png", ["nas42"]),
        ("http://nas42.acme.local:8080/x", ["nas42", "acme"]),
        ("proxy 10.1.2.3:3128 and 192.168.0.7", ["10.1.2.3", "192.168"]),
        ("tcp://203.0.113.9:80", ["203.0.113.9"]),
        ("3c:5a:b4:01:02:ff", ["3c:5a"]),
        ("[..] ppocr ERROR: When parsing line img/1.png\t王小明 138", ["王小明", "img/1.png"]),
        ("ppocr INFO: \t result: 王小明\t0.99", ["王小明"]),
        ('The label line "1.png\t王小明" is not used: x.', ["王小明"]),
        (r'{"m": "The label line \"1.png\t王小明\" holds", "values": {"sample": "1.png\t\"王小明\""}}', ["王小明"]),
    ],
)
def test_secrets_are_taken_out(text, gone):
    scrubbed = Scrubber().text(text)
    assert not [word for word in gone if word in scrubbed]
    assert Scrubber().text(scrubbed) == scrubbed
    assert "<" in scrubbed


@pytest.mark.parametrize(
    "text",
    [
        "[2026/11/22 07:07:28] ppocr INFO: epoch: [1/1], global_step: 1, lr: 0.0, loss: 1.0, ips: 2.9 samples/s",
        "Global:\n  use_gpu: true\n  max_text_length: 25\n  character_dict_path: ppocr/utils/dict.txt",
        "VQATokenLabelEncode : \n    tokenizer : x",
        "OSError: [Errno 28] No space left on device",
        "paddlepaddle==3.2.2 cudnn 8.9.7.29 numpy 2.3.5",
        "https://www.paddlepaddle.org.cn/packages/stable/cu126/",
        "/root/PaddleOCR/tools/train.py, /usr/lib/python3.11/site-packages",
        "RuntimeError: (PreconditionNotMet) The third-party dynamic library (cudnn64_7.dll)",
        "KeyError: 'transforms'",
    ],
)
def test_what_helps_stays(text):
    assert Scrubber().text(text) == text


def test_what_is_known_of_this_machine_is_taken_out():
    scrubber = Scrubber(
        places={"/data/Acme Corp/scans": "<project>", "/data/Acme Corp/scans/.ocrstudio/runs/0001": "<run>", "/": "x"},
        secrets=["k3yk3yk3y", "abc"],
        users=["zhang", "li", "root"],
        hosts=["GPU-Box-7", "localhost"],
    )
    text = (
        "/data/Acme Corp/scans/.ocrstudio/runs/0001/train.log /data/Acme Corp/scans/1.png k3yk3yk3y abc zhang's "
        "ZHANG_1 changzhang gpu-box-7 root /"
    )
    expected = "<run>/train.log <project>/1.png <secret> abc <user>'s <user>_1 changzhang <host> root /"
    assert scrubber.text(text) == expected


def test_windows_paths_are_known_in_every_spelling():
    scrubber = Scrubber(places={r"D:\Acme\scans": "<project>"})
    assert scrubber.text(r"D:\Acme\scans\1.png D:/Acme/scans/1.png 'D:\\Acme\\scans\\1.png'") == (
        r"<project>\1.png <project>/1.png '<project>\\1.png'"
    )


def test_labels_are_kept_only_if_asked_for():
    line = "When parsing line 1.png\t王小明"
    assert Scrubber().text(line, labels=False) == line


def test_long_and_odd_texts_are_no_trap():
    scrubber = Scrubber()
    for text in (
        "a" * 200_000,
        "password" * 20_000,
        "://" * 50_000,
        "@" * 100_000,
        "-----BEGIN PRIVATE KEY-----" * 500,
        "\\" * 50_000,
    ):
        assert isinstance(scrubber.text(text), str)
