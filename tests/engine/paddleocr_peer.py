"""Run by PaddleOCR's own Python: loads bundles as its users do, and prints what it reads and finds as JSON.

stdin: `recognition` and `detection` ([name, folder] each), `crops` and `pages` (files), `limit` ([side, type]).
"""

import contextlib
import json
import os
import sys

os.environ["PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK"] = "True"


def main() -> None:
    job = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        from paddleocr import PaddleOCR, TextDetection, TextRecognition

        (rec_name, rec_dir), (det_name, det_dir) = job["recognition"], job["detection"]
        side, kind = job["limit"]
        reads = TextRecognition(model_name=rec_name, model_dir=rec_dir)
        finds = TextDetection(model_name=det_name, model_dir=det_dir)
        whole = PaddleOCR(
            text_detection_model_name=det_name,
            text_detection_model_dir=det_dir,
            text_recognition_model_name=rec_name,
            text_recognition_model_dir=rec_dir,
            text_det_limit_side_len=side,
            text_det_limit_type=kind,
            use_doc_orientation_classify=False,
            use_doc_unwarping=False,
            use_textline_orientation=False,
        )
        answer = {
            "texts": [reads.predict(crop)[0]["rec_text"] for crop in job["crops"]],
            "boxes": [
                finds.predict(page, limit_side_len=side, limit_type=kind)[0]["dt_polys"].tolist()
                for page in job["pages"]
            ],
            "pipeline": [list(whole.predict(page)[0]["rec_texts"]) for page in job["pages"]],
        }
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
