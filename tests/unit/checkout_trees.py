"""Hand-made PaddleOCR checkouts: the few files that tell what they are, and configs like theirs."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

REC = """Global:
  model_name: mobile_rec
  use_gpu: true
  epoch_num: &epochs 200
  log_smooth_window: 20
  print_batch_step: 10
  save_model_dir: ./output/rec
  save_epoch_step: 10
  eval_batch_step: [0, 2000]
  cal_metric_during_train: true
  pretrained_model: https://example.org/rec.pdparams
  checkpoints:
  use_visualdl: false
  character_dict_path: ppocr/utils/dict/keys.txt
  max_text_length: &length 25  # characters
  use_space_char: true
  distributed: true
  d2s_train_image_shape: [3, 48, 320]
Optimizer:
  name: Adam
  lr: {name: Cosine, learning_rate: 0.001, warmup_epoch: 5}
  regularizer: {name: L2, factor: 3e-5}
Architecture:
  model_type: rec
  algorithm: SVTR_LCNet
  Transform:
  Backbone: {name: PPLCNetV3, scale: 0.95}
  Head:
    name: MultiHead
    head_list:
      - CTCHead:
          Neck: {name: svtr, dims: 120, depth: 2, hidden_dims: 120, kernel_size: [1, 3], use_guide: true}
          Head: {fc_decay: 0.00001}
      - NRTRHead: {nrtr_dim: 384, max_text_length: *length}
Loss:
  name: MultiLoss
PostProcess:
  name: CTCLabelDecode
Metric:
  name: RecMetric
  main_indicator: acc
Train:
  dataset:
    name: MultiScaleDataSet
    ds_width: false
    data_dir: ./train_data/
    ratio_list: [0.5, 0.5]
    label_file_list: [./train_data/a.txt, ./train_data/b.txt]
    transforms:
      - DecodeImage: {img_mode: BGR, channel_first: false}
      - RecConAug: {prob: 0.5, ext_data_num: 2, image_shape: [48, 320, 3], max_text_length: *length}
      - RecAug:
      - MultiLabelEncode: {gtc_encode: NRTRLabelEncode}
      - KeepKeys: {keep_keys: [image, label_ctc, label_gtc, length, valid_ratio]}
  sampler:
    name: MultiScaleSampler
    scales: [[320, 32], [320, 48], [320, 64]]
    first_bs: &bs 192
    fix_bs: false
    divided_factor: [8, 16]
    is_training: true
  loader: {shuffle: true, batch_size_per_card: *bs, drop_last: true, num_workers: 8}
Eval:
  dataset:
    name: LMDBDataSet
    data_dir: ./train_data
    label_file_list: [./train_data/val.txt]
    transforms:
      - DecodeImage: {img_mode: BGR, channel_first: false}
      - RecResizeImg: {image_shape: [3, 48, 320]}
  loader: {shuffle: false, drop_last: false, batch_size_per_card: 128, num_workers: 4}
"""

DET = """Global:
  use_gpu: true
  epoch_num: &epochs 500
  log_smooth_window: 20
  print_batch_step: 100
  save_model_dir: ./output/det
  save_epoch_step: 10
  eval_batch_step: [0, 1500]
  cal_metric_during_train: false
  pretrained_model: https://example.org/det.pdparams
  checkpoints:
Architecture:
  model_type: det
  algorithm: DB
  Transform:
  Backbone: {name: MobileNetV3, scale: 0.5, model_name: large, disable_se: true}
  Neck: {name: RSEFPN, out_channels: 96, shortcut: true}
  Head: {name: DBHead, k: 50}
Loss:
  name: DBLoss
Optimizer:
  name: Adam
  lr: {name: Cosine, learning_rate: 0.001, warmup_epoch: 2}
  regularizer: {name: L2, factor: 5.0e-05}
PostProcess:
  name: DBPostProcess
Metric:
  name: DetMetric
  main_indicator: hmean
Train:
  dataset:
    name: SimpleDataSet
    data_dir: ./train_data/icdar/
    label_file_list: [./train_data/icdar/train.txt]
    ratio_list: [1.0]
    transforms:
      - DecodeImage: {img_mode: BGR, channel_first: false}
      - DetLabelEncode:
      - EastRandomCropData: {size: [960, 960], max_tries: 50, keep_ratio: true}
      - MakeShrinkMap: {shrink_ratio: 0.4, min_text_size: 8, total_epoch: *epochs}
  loader: {shuffle: true, drop_last: false, batch_size_per_card: 8, num_workers: 4}
Eval:
  dataset:
    name: SimpleDataSet
    data_dir: ./train_data/icdar/
    label_file_list: [./train_data/icdar/test.txt]
    transforms:
      - DecodeImage: {img_mode: BGR, channel_first: false}
      - DetLabelEncode:
  loader: {shuffle: false, drop_last: false, batch_size_per_card: 1, num_workers: 2}
"""

_TRANSFORMS = (
    "DecodeImage DetLabelEncode MultiLabelEncode RecConAug RecAug RecResizeImg KeepKeys EastRandomCropData "
    "MakeShrinkMap CTCLabelEncode"
)


def make_checkout(root: Path, version: str = "2.8.0") -> Path:
    """A checkout as far as the program looks at it: 2.x names its version in a file, 3.x has a package folder."""
    for folder in ("tools", "ppocr/data/imaug", "ppocr/utils/dict", "configs/rec/v4", "configs/det"):
        (root / folder).mkdir(parents=True)
    for tool in ("train", "eval", "export_model", "infer_rec", "infer_det"):
        (root / "tools" / f"{tool}.py").write_text("print('tool')\n")
    (root / "tools" / "program.py").write_text('KNOWN = ["DB", "SVTR_LCNet", "Distillation"]\n')
    classes = "".join(f"class {name}:\n    pass\n\n\n" for name in _TRANSFORMS.split())
    (root / "ppocr" / "data" / "imaug" / "operators.py").write_text(classes)
    (root / "ppocr" / "utils" / "dict" / "keys.txt").write_text("\n".join("0123456789") + "\n")
    (root / "configs" / "rec" / "v4" / "mobile_rec.yml").write_text(REC)
    (root / "configs" / "det" / "mobile_det.yml").write_text(DET)
    (root / "requirements.txt").write_text("numpy\nopencv-python<=4.6.0.66\nshapely\n# pyyaml\n")
    if version.startswith("2"):
        (root / "VERSION_NUMBER").write_text(version + "\n")
        (root / "paddleocr.py").write_text("")
    else:
        (root / "paddleocr").mkdir()
        (root / "paddleocr" / "__init__.py").write_text("")
    return root


def make_dataset(folder: Path, lines: int = 8, pages: int = 4) -> Path:
    """A dataset as `formats.dataset` writes it: crops of four digits, pages with three boxes each."""
    random = np.random.default_rng(0)
    for part in ("train", "val"):
        rec, det = [], []
        for task in ("rec", "det"):
            (folder / task / part).mkdir(parents=True)
        for number in range(lines):
            text = "".join(random.choice(list("0123456789"), 4))
            image = np.full((32, 96, 3), 255, np.uint8)
            cv2.putText(image, text, (4, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 2)
            write_picture(folder / "rec" / part / f"{number}.png", image)
            rec.append(f"{part}/{number}.png\t{text}\n")
        for number in range(pages):
            write_picture(folder / "det" / part / f"{number}.jpg", np.full((200, 300, 3), 240, np.uint8))
            boxes = [
                {"transcription": "1234", "points": [[10, y], [110, y], [110, y + 30], [10, y + 30]]}
                for y in (10, 70, 130)
            ]
            det.append(f"{part}/{number}.jpg\t{json.dumps(boxes)}\n")
        (folder / "rec" / f"{part}.txt").write_text("".join(rec), newline="\n")
        (folder / "det" / f"{part}.txt").write_text("".join(det), newline="\n")
    (folder / "dict.txt").write_text("\n".join("0123456789") + "\n", newline="\n")
    return folder


def write_picture(path: Path, image: np.ndarray) -> None:
    """A file by Python's hand: OpenCV takes no such names on Windows."""
    path.write_bytes(cv2.imencode(path.suffix, image)[1].tobytes())
