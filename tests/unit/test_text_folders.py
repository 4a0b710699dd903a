"""Line pictures in folders that are named by their text."""

import json

from command_line import command_line
from small_projects import make_folder, png

from ocrstudio.formats.exchange.registry import detect
from ocrstudio.formats.store import ProjectStore


def test_folders_named_by_text_become_labelled_pages_and_nothing_is_lost(tmp_path):
    source = tmp_path / "lines"
    for number, name in enumerate(("合计", "a%2Fb", "合计 2")):
        (source / name).mkdir(parents=True)
        (source / name / "1.png").write_bytes(png(30 + number, 12))
    (source / "stray.png").write_bytes(png())
    project = make_folder(tmp_path, ("own.png",), folder="项目")
    assert detect(source) == "images"  # folders of pages look the same
    done = command_line("import", source, "--into", project, "--format", "text-folders", "--images", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len(told["copied"]) == 3
    assert ["stray.png" in problem for problem in told["problems"]] == [True]
    store = ProjectStore.open(project)
    found = {key.partition("/")[2]: [box.text for box in store.page(key).boxes] for key in store.keys}
    store.close()
    assert found == {"own.png": [], "合计_1.png": ["合计"], "a%2Fb_1.png": ["a/b"], "合计 2_1.png": ["合计 2"]}
