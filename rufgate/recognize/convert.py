"""A program of its own: makes int8 of the Rampart model, from standard input to standard output.

In:  an ONNX model with ``MatMulNBits`` nodes of 4 bits, whose digest the caller has checked.
Out: the same network, its weights unpacked, its attention fused, its products in int8 with one
     scale for each output channel. The same bytes each time with the same libraries.
SECURITY: reads and writes a folder of its own under the system's temporary one; no network.
FAILS: ends with another code than 0, and writes nothing.

It is a process of its own since what it imports would stay in the memory of every worker.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

_HEADS, _WIDTH = 12, 384  # of the model, by its config.json
_BITS, _LOW, _ZERO = 4, 0x0F, 8.0


def main() -> None:
    """From standard input to standard output."""
    logging.disable(logging.CRITICAL)
    converted = convert(sys.stdin.buffer.read())
    sys.stdout.buffer.write(converted)


def convert(shipped: bytes) -> bytes:
    """``shipped`` in int8."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 - takes a second
    from onnxruntime.transformers import optimizer  # noqa: PLC0415

    model = onnx.load_model_from_string(shipped)
    _unpack(model.graph)
    with TemporaryDirectory(prefix="rufgate-model-") as folder:
        unpacked, fused, small = (Path(folder) / name for name in ("unpacked", "fused", "int8"))
        onnx.save(model, str(unpacked))
        optimized = optimizer.optimize_model(
            str(unpacked), model_type="bert", num_heads=_HEADS, hidden_size=_WIDTH, opt_level=0
        )
        optimized.save_model_to_file(str(fused))
        quantize_dynamic(fused, small, per_channel=True, weight_type=QuantType.QInt8)
        return small.read_bytes()


def _unpack(graph: Any) -> None:  # noqa: ANN401 - onnx is not typed here
    """Each product with packed weights becomes one with plain weights."""
    stored = {item.name: item for item in graph.initializer}
    gone: set[str] = set()
    for place, node in enumerate(list(graph.node)):
        if node.op_type != "MatMulNBits":
            continue
        source, packed, scales = node.input
        sizes = {item.name: item.i for item in node.attribute}
        if sizes["bits"] != _BITS:
            raise ValueError("weights of another width than 4 bits")
        weights = _plain_weights(
            numpy_helper.to_array(stored[packed]), numpy_helper.to_array(stored[scales]), sizes
        )
        name = f"{packed}_plain"
        graph.initializer.append(numpy_helper.from_array(weights, name))
        product = helper.make_node("MatMul", [source, name], list(node.output), name=node.name)
        graph.node.remove(node)
        graph.node.insert(place, product)
        gone |= {packed, scales}
    for name in sorted(gone):
        graph.initializer.remove(stored[name])


def _plain_weights(
    packed: NDArray[np.uint8], scales: NDArray[np.float32], sizes: dict[str, int]
) -> NDArray[np.float32]:
    """Two weights a byte, the lower half first, around 8; one scale for each block of a column."""
    rows, columns, block = sizes["K"], sizes["N"], sizes["block_size"]
    halves = np.stack([packed & _LOW, packed >> _BITS], axis=-1)
    blocks = halves.reshape(columns, -1, block).astype(np.float32) - np.float32(_ZERO)
    plain = (blocks * scales.reshape(columns, -1, 1)).reshape(columns, -1)
    return np.ascontiguousarray(plain[:, :rows].T)


if __name__ == "__main__":
    main()
