"""A checkout's config made ready for a dataset and a machine."""

import math

import pytest
import yaml
from checkout_trees import DET, REC, make_checkout, make_dataset

from ocrstudio.core.errors import ConfigError, ProjectError
from ocrstudio.formats.checkout import find_checkout
from ocrstudio.formats.checkout_config import Machine, Wishes, base_of, prepare, steps_per_epoch
from ocrstudio.formats.checkout_templates import find_template
from ocrstudio.formats.config import TrainConfig

CPU = Machine(cpus=4, shared_memory=64 << 20)
GPU = Machine(gpus=1, cpus=16, shared_memory=16 << 30)


@pytest.fixture
def checkout(tmp_path):
    return find_checkout(make_checkout(tmp_path / "PaddleOCR"))


@pytest.fixture
def dataset(tmp_path):
    return make_dataset(tmp_path / "data set 图", lines=20, pages=5)


def ready(checkout, dataset, name, machine=CPU, **wishes):
    config = prepare(find_template(checkout, name).load(), checkout, dataset, machine, Wishes(**wishes))
    # what is written must mean the same to PaddleOCR's loader
    assert yaml.safe_load(config.to_yaml()) == config.plain()
    return config


def test_a_recognition_config_is_ready_to_run_on_a_cpu(checkout, dataset):
    config = ready(checkout, dataset, "mobile_rec")
    home = (dataset / "rec").as_posix()
    expected = {
        "Global.use_gpu": False,
        "Global.distributed": False,
        "Global.log_smooth_window": 1,
        "Global.print_batch_step": 1,
        "Global.pretrained_model": "PP-OCRv4_mobile_rec",
        "Global.character_dict_path": (dataset / "dict.txt").as_posix(),
        "Global.save_epoch_step": 20,
        "Train.dataset.data_dir": home,
        "Train.dataset.label_file_list": [f"{home}/train.txt"],
        "Train.dataset.ratio_list": [1.0],
        "Train.loader.batch_size_per_card": 8,
        "Train.sampler.first_bs": 8,
        "Train.loader.num_workers": 3,
        "Train.loader.use_shared_memory": False,
        "Eval.dataset.name": "SimpleDataSet",
        "Eval.dataset.label_file_list": [f"{home}/val.txt"],
        "Eval.loader.batch_size_per_card": 8,
        # three scales of 8, 5 and 4 images go round twice for 20 samples
        "Global.eval_batch_step": [0, 6],
        "Optimizer.regularizer.factor": 3e-5,
        "Optimizer.lr.learning_rate": 1e-4,
    }
    assert {key: config.get(key) for key in expected} == expected


def test_a_detection_config_is_ready_to_run_on_a_cpu(checkout, dataset):
    config = ready(checkout, dataset, "mobile_det")
    home = (dataset / "det").as_posix()
    expected = {
        "Global.pretrained_model": None,
        "Train.dataset.data_dir": home,
        "Train.dataset.label_file_list": [f"{home}/train.txt"],
        "Eval.dataset.label_file_list": [f"{home}/val.txt"],
        "Train.loader.batch_size_per_card": 2,
        "Eval.loader.batch_size_per_card": 1,
        "Global.eval_batch_step": [0, 3],
        "Optimizer.lr.learning_rate": 0.001,
    }
    assert {key: config.get(key) for key in expected} == expected
    assert config.get("Global.character_dict_path") is None


def test_a_gpu_keeps_the_templates_batch_as_far_as_the_data_go(checkout, dataset):
    config = ready(checkout, dataset, "mobile_rec", GPU)
    assert config.get("Global.use_gpu") is True
    assert config.get("Train.sampler.first_bs") == 20
    assert config.get("Eval.loader.batch_size_per_card") == 20
    assert config.get("Train.loader.num_workers") == 4
    assert config.get("Train.loader.use_shared_memory") is True


def test_windows_has_no_workers_and_an_evaluation_though_the_last_batch_is_left_out(checkout, dataset):
    config = ready(checkout, dataset, "mobile_det", Machine(windows=True))
    assert config.get("Train.loader.num_workers") == 0
    assert config.get("Global.eval_batch_step") == [0, 2]
    small = make_dataset(dataset.parent / "small", pages=1)
    assert ready(checkout, small, "mobile_det", Machine(windows=True)).get("Train.loader.batch_size_per_card") == 1


def test_wishes_reach_every_copy_that_anchors_made(checkout, dataset):
    config = ready(checkout, dataset, "mobile_rec", epochs=20, batch_size=4, max_text_length=40, image_shape=(64, 640))
    text = config.to_yaml()
    assert (text.count("max_text_length: 40"), "max_text_length: 25" in text) == (3, False)
    assert "# characters" in text
    assert config.get("Train.dataset.transforms.1.RecConAug.image_shape") == [64, 640, 3]
    assert config.get("Eval.dataset.transforms.1.RecResizeImg.image_shape") == [3, 64, 640]
    assert config.get("Train.sampler.scales") == [[640, 48], [640, 64], [640, 80]]
    assert config.get("Train.sampler.first_bs") == config.get("Train.loader.batch_size_per_card") == 4
    assert config.get("Global.epoch_num") == 20
    assert config.get("Optimizer.lr.warmup_epoch") == 2
    det = ready(checkout, dataset, "mobile_det", epochs=7, image_shape=(320, 640), learning_rate=1e-5)
    assert det.get("Train.dataset.transforms.2.EastRandomCropData.size") == [640, 320]
    assert det.get("Train.dataset.transforms.3.MakeShrinkMap.total_epoch") == 7
    assert "learning_rate: 1.0e-05" in det.to_yaml()


def test_outlines_shrink_to_a_size_that_exists_however_few_epochs_there_are(checkout, dataset):
    # what PaddleOCR 2 computes where a training begins; more than 1 leaves no page that it can use
    for epochs in (1, 7, 500):
        config = ready(checkout, dataset, "mobile_det", epochs=epochs)
        rules = config.get("Train.dataset.transforms.3.MakeShrinkMap")
        assert rules["shrink_ratio"] + 0.2 * config.get("Global.seed") / rules["total_epoch"] < 1
    assert ready(checkout, dataset, "mobile_rec").get("Global.seed") is None


def test_stepped_schedules_shrink_with_the_epochs(checkout, dataset):
    path = checkout.path / "configs" / "det" / "stepped.yml"
    lr = "lr: {name: Piecewise, decay_epochs: [400], values: [0.001, 0.0001], warmup_epoch: 2}"
    path.write_text(DET.replace("lr: {name: Cosine, learning_rate: 0.001, warmup_epoch: 2}", lr))
    config = ready(checkout, dataset, "stepped", epochs=10)
    assert config.get("Optimizer.lr.decay_epochs") == [8]
    assert "learning_rate" not in config.get("Optimizer.lr")


def test_weights_of_the_users_own_come_first_and_none_is_none(checkout, dataset, tmp_path):
    config = ready(checkout, dataset, "mobile_rec", pretrained=tmp_path / "best_accuracy")
    assert config.get("Global.pretrained_model") == (tmp_path / "best_accuracy").as_posix()
    config = ready(checkout, dataset, "mobile_rec", from_scratch=True)
    assert (config.get("Global.pretrained_model"), config.get("Optimizer.lr.learning_rate")) == (None, 0.001)


def test_weights_inside_a_distillation_are_not_downloaded_either(checkout, dataset):
    text = DET.replace("  Transform:\n", "  Transform:\n  Models:\n    Teacher: {pretrained: https://example.org/t}\n")
    (checkout.path / "configs" / "det" / "cml.yml").write_text(text)
    assert ready(checkout, dataset, "cml").get("Architecture.Models.Teacher.pretrained", "gone") is None


def test_the_templates_dictionary_can_be_kept(checkout, dataset):
    config = ready(checkout, dataset, "mobile_rec", own_characters=False)
    assert config.get("Global.character_dict_path") == (checkout.path / "ppocr/utils/dict/keys.txt").as_posix()


def test_the_template_is_not_changed_and_other_tasks_are_refused(checkout, dataset):
    template = find_template(checkout, "mobile_rec").load()
    before = template.plain()
    prepare(template, checkout, dataset, CPU)
    assert template.plain() == before
    table = TrainConfig.from_yaml(REC.replace("model_type: rec", "model_type: table"), raw=True)
    with pytest.raises(ConfigError, match="is a config for table; only det and rec"):
        prepare(table, checkout, dataset, CPU)


def test_a_folder_without_lists_is_named(checkout, tmp_path):
    with pytest.raises(ProjectError, match=r"rec/train\.txt"):
        ready(checkout, tmp_path / "nothing", "mobile_rec")


@pytest.mark.parametrize(
    ("changes", "samples", "options", "steps"),
    [
        # PaddleOCR printed 30 iterations for these (spec: first_bs 8, 160 images)
        ({"Train.sampler.first_bs": 8}, 160, {}, 30),
        ({"Train.sampler.first_bs": 8, "Train.sampler.fix_bs": True}, 160, {}, 21),
        ({"Train.sampler.first_bs": 8}, 160, {"windows": True}, 29),
        ({"Train.sampler.first_bs": 8}, 160, {"cards": 2}, 15),
        ({"Train.sampler.scales": None, "Train.loader.batch_size_per_card": 8}, 20, {}, 2),
        (
            {"Train.sampler.scales": None, "Train.loader.batch_size_per_card": 8, "Train.loader.drop_last": False},
            20,
            {},
            math.ceil(20 / 8),
        ),
        ({"Train.sampler.scales": None, "Train.loader.batch_size_per_card": 8}, 7, {}, 0),
    ],
)
def test_steps_are_counted_as_paddleocr_counts_them(changes, samples, options, steps):
    config = TrainConfig.from_yaml(REC, raw=True)
    for key, value in changes.items():
        config.set(key, value)
    assert steps_per_epoch(config, samples, **options) == steps


def test_base_models_are_known_by_their_network():
    assert base_of(TrainConfig.from_yaml(REC, raw=True)) == "PP-OCRv4_mobile_rec"
    assert base_of(TrainConfig.from_yaml(REC.replace("dims: 120, depth", "dims: 64, depth"), raw=True)) is None
    assert base_of(TrainConfig.from_yaml(DET, raw=True)) is None
    v4 = DET.replace(
        "{name: MobileNetV3, scale: 0.5, model_name: large, disable_se: true}", "{name: PPLCNetV3, scale: 0.75}"
    )
    assert base_of(TrainConfig.from_yaml(v4, raw=True)) == "PP-OCRv4_mobile_det"


def test_this_machine_says_what_it_has():
    machine = Machine.this(gpus=2)
    assert machine.gpus == 2
    assert machine.cpus >= 1
