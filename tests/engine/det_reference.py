"""Run by a PaddleOCR checkout's own Python: what its classes make of the same data, for comparison.

Usage: python det_reference.py CHECKOUT IN.npz OUT.npz
"""

import json
import sys

import numpy as np

checkout, given_file, result_file = sys.argv[1:]
sys.path.insert(0, checkout)

import paddle  # noqa: E402
from ppocr.data.imaug.make_border_map import MakeBorderMap  # noqa: E402
from ppocr.data.imaug.make_shrink_map import MakeShrinkMap  # noqa: E402
from ppocr.losses.det_db_loss import DBLoss  # noqa: E402
from ppocr.metrics.det_metric import DetMetric  # noqa: E402
from ppocr.postprocess.db_postprocess import DBPostProcess  # noqa: E402

given = np.load(given_file)
result = {}

page = {"image": np.zeros((640, 640, 3), np.uint8), "polys": given["polygons"], "ignore_tags": given["ignored"]}
page = MakeShrinkMap()(MakeBorderMap()({name: np.copy(value) for name, value in page.items()}))
for name in ("shrink_map", "shrink_mask", "threshold_map", "threshold_mask"):
    result[name] = page[name]

maps = paddle.to_tensor(given["predicted"])
targets = [None, *(paddle.to_tensor(given[name]) for name in ("threshold", "threshold_mask", "shrink", "shrink_mask"))]
for name, value in DBLoss()({"maps": maps}, targets).items():
    result[name] = np.asarray(value.numpy()).reshape(-1)[:1]

for box_type in ("quad", "poly"):
    boxes = DBPostProcess(thresh=0.3, box_thresh=0.6, unclip_ratio=1.5, box_type=box_type)
    size = np.array([[900.0, 1200.0, 1.0, 1.0]])
    found = boxes({"maps": given["score_map"][None, None]}, size)[0]["points"]
    result["boxes_" + box_type] = json.dumps([np.asarray(points).tolist() for points in found])

metric = DetMetric()
for truth in json.loads(str(given["pages"])):
    polygons = [np.array(points, np.float32) for points in truth["truths"]]
    found = [np.array(points, np.float32) for points in truth["found"]]
    metric([{"points": found}], [None, None, [polygons], [truth["ignored"]]])
result["metric"] = json.dumps(metric.get_metric())
np.savez(result_file, **result)
