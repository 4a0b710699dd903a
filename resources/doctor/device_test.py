"""Calculates on a device with Paddle and compares with NumPy. Runs in the environment that is tested.

Prints one line of JSON behind a mark before and after every step, so that a crash tells where it was.
"""

import json
import sys
import time

MARK = "ocrstudio-device "
device = sys.argv[1]
begun = time.perf_counter()


def tell(**facts):
    """One line for whoever started this."""
    print(MARK + json.dumps(facts), flush=True)


def step(name, work):
    """Does one step and tells its seconds and how far its result is from NumPy's."""
    tell(step=name)
    start = time.perf_counter()
    ours, theirs = work()
    scale = max(float(numpy.abs(theirs).max()), 1e-6)
    tell(step=name, seconds=time.perf_counter() - start, difference=float(numpy.abs(ours - theirs).max()) / scale)


def product():
    """A product of two matrices of 768 x 768."""
    ours = paddle.matmul(paddle.to_tensor(left), paddle.to_tensor(right)).numpy()
    return ours, left.astype("float64") @ right.astype("float64")


def convolution():
    """A 3 x 3 convolution of 4 pictures of 16 x 16 with 3 channels into 8."""
    pictures = random.standard_normal((4, 3, 16, 16)).astype("float32")
    kernels = random.standard_normal((8, 3, 3, 3)).astype("float32")
    result = paddle.nn.functional.conv2d(paddle.to_tensor(pictures), paddle.to_tensor(kernels)).numpy()
    expected = numpy.zeros((4, 8, 14, 14))
    for row in range(3):
        for column in range(3):
            window = pictures[:, :, row : row + 14, column : column + 14]
            expected += numpy.einsum("bchw,oc->bohw", window, kernels[:, :, row, column])
    return result, expected


def training():
    """One step of gradient descent of a linear layer: forward, loss, backward, update."""
    inputs = random.standard_normal((32, 64)).astype("float32")
    targets = random.standard_normal((32, 8)).astype("float32")
    layer = paddle.nn.Linear(64, 8)
    weights, bias = layer.weight.numpy().astype("float64"), layer.bias.numpy().astype("float64")
    optimizer = paddle.optimizer.SGD(learning_rate=0.1, parameters=layer.parameters())
    loss = paddle.mean((layer(paddle.to_tensor(inputs)) - paddle.to_tensor(targets)) ** 2)
    loss.backward()
    optimizer.step()
    error = inputs @ weights + bias - targets
    return layer.weight.numpy(), weights - 0.1 * (inputs.T @ error) * 2 / error.size


tell(step="load")
import numpy  # noqa: E402
import paddle  # noqa: E402

paddle.set_device(device)
random = numpy.random.default_rng(0)
left, right = (random.standard_normal((768, 768)).astype("float32") for _ in range(2))
tell(step="load", seconds=time.perf_counter() - begun, version=paddle.__version__, device=str(paddle.get_device()))
step("product", product)
step("convolution", convolution)
step("training", training)
tell(done=True)
