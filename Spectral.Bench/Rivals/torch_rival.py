#!/usr/bin/env python3
"""PyTorch as a rival of the benchmark suite.

Reads one JSON object a line on standard input and answers each with one on standard output:

    {"do": "hello"}                          -> name, versions, device, threads
    {"do": "make", "id": "a", "kind": ...}   -> {}            (see the classes below for the fields; on a GPU a
                                                graph of "graph_runs" runs is replayed, 8 if it says
                                                nothing, none if 0)
    {"do": "time", "id": "a", "runs": 3}     -> {"seconds": of one run, "cpu": processor seconds of one run}
    {"do": "error", "id": "a"}               -> {"error": relative L2 distance from the same in double}
    {"do": "drop", "id": "a"}                -> {}

What goes wrong is answered with {"error_text": ...}; the process lives on.
"""
import json
import os
import sys
import time

import torch
import torch.nn.functional as F

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def wait():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def relative(got, exact):
    """The largest relative L2 distance of several results."""
    return max(
        (torch.linalg.vector_norm(g.to(e.dtype) - e) / torch.linalg.vector_norm(e)).item()
        for g, e in zip(got, exact)
    )


class Conv:
    """One layer: shape [n, c, k], size and kernel of each axis, padding;

    way 'direct', 'original' or 'original-bmm'.
    """

    def __init__(self, q):
        n, c, k = q["shape"]
        self.padding, self.both, self.tf32 = q["padding"], q["pass"] == "both", q.get("tf32", False)
        self.fft, self.kept, self.way = q.get("fft"), q.get("kept"), q["way"]
        self.rows = rows_of(self.fft, self.kept) if self.fft else None
        generator = torch.Generator().manual_seed(1)
        self.x = torch.rand([n, c, *q["size"]], generator=generator).mul_(2).sub_(1).to(DEVICE)
        self.w = torch.rand([k, c, *q["kernel"]], generator=generator).mul_(2).sub_(1).to(DEVICE)
        output = [s + 2 * p - r + 1 for s, p, r in zip(q["size"], self.padding, q["kernel"])]
        self.dy = torch.rand([n, k, *output], generator=generator).mul_(2).sub_(1).to(DEVICE)

    def run(self):
        return self.results(self.x, self.w, self.dy)

    def error(self):
        return relative(self.run(), self.results(self.x.double(), self.w.double(), self.dy.double()))

    def results(self, x, w, dy):
        if self.way != "direct":
            product = multiply_sum if self.way == "original" else multiply_by_matrices
            upstream = dy if self.both else None
            band = (self.fft, self.rows, self.kept[-1])
            return original(x, w, upstream, self.padding, band, dy.shape[2:], product)
        torch.backends.cudnn.allow_tf32 = self.tf32
        conv = F.conv1d if x.dim() == 3 else F.conv2d
        if not self.both:
            with torch.no_grad():
                return [conv(x, w, padding=self.padding)]
        x, w = x.detach().requires_grad_(), w.detach().requires_grad_()
        y = conv(x, w, padding=self.padding)
        y.backward(dy)
        return [y.detach(), x.grad, w.grad]


# The band-limited original: pad to its lengths, transform, cut, multiply and sum, fill up, transform back.

def spectrum(planes, starts, fft, rows, columns):
    """Kept coefficients [planes..., frequencies] of planes that begin at given places of the circle."""
    padding = []
    for size, start, length in reversed(list(zip(planes.shape[2:], starts, fft))):
        padding += [start, length - size - start]
    padded = F.pad(planes, padding)
    if len(fft) == 1:
        return torch.fft.rfft(padded)[..., :columns]
    return torch.fft.rfft2(padded)[..., rows, :columns].flatten(2)


def samples(kept, starts, sizes, fft, rows, columns):
    """The planes back from the kept coefficients, everything else being zero."""
    if len(fft) == 1:
        full = kept.new_zeros([*kept.shape[:2], fft[0] // 2 + 1])
        full[..., :columns] = kept
        return torch.fft.irfft(full, n=fft[0])[..., starts[0]:starts[0] + sizes[0]]
    full = kept.new_zeros([*kept.shape[:2], fft[0], fft[1] // 2 + 1])
    full[:, :, rows, :columns] = kept.view(*kept.shape[:2], len(rows), columns)
    planes = torch.fft.irfft2(full, s=fft)
    return planes[..., starts[0]:starts[0] + sizes[0], starts[1]:starts[1] + sizes[1]]


def multiply_sum(a, b):
    """sum over s of a[p, s, f] * b[q, s, f] as [p, q, f], so many p at once as memory allows."""
    step = max(1, (1 << 23) // (b.shape[0] * b.shape[1] * b.shape[2]))
    return torch.cat([(part[:, None] * b[None]).sum(2) for part in a.split(step)])


def multiply_by_matrices(a, b):
    """The same as a complex matrix product of every frequency, which the original does not use."""
    return torch.bmm(a.permute(2, 0, 1), b.permute(2, 1, 0)).permute(1, 2, 0)


def rows_of(fft, kept):
    """Rows of an image's spectrum that are kept: frequencies of both signs."""
    if len(fft) == 1:
        return None
    signs = [*range(kept[0]), *range(fft[0] - kept[0] + 1, fft[0])]
    return torch.tensor(sorted({s % fft[0] for s in signs}), device=DEVICE)


@torch.no_grad()
def original(x, w, dy, padding, band, output, product=multiply_sum):
    zero = [0] * len(band[0])
    xf, wf = spectrum(x, padding, *band), spectrum(w, zero, *band)
    y = samples(product(xf, wf.conj()), zero, output, *band)
    if dy is None:
        return [y]
    df = spectrum(dy, zero, *band)
    dx = product(df, wf.transpose(0, 1))
    dw = product(df.transpose(0, 1).conj(), xf.transpose(0, 1))
    return [y, samples(dx, padding, x.shape[2:], *band), samples(dw, zero, w.shape[2:], *band)]


class Fft:
    """Real transforms of 'batch' rows or planes of 'size'; the lowest 'kept' bins are copied, if given."""

    def __init__(self, q):
        self.kept = q.get("kept")
        self.x = torch.rand([q["batch"], *q["size"]], generator=torch.Generator().manual_seed(1))
        self.x = self.x.mul_(2).sub_(1).to(DEVICE)

    def run(self):
        return self.results(self.x)

    def error(self):
        return relative(self.run(), self.results(self.x.double()))

    def results(self, x):
        y = torch.fft.rfft(x) if x.dim() == 2 else torch.fft.rfft2(x)
        return [y if self.kept is None else y[..., :self.kept].contiguous()]


class Gemm:
    """batch x [m, l] times [l, p], real or complex."""

    def __init__(self, q):
        generator = torch.Generator().manual_seed(1)
        kind = torch.complex64 if q["complex"] else torch.float32
        self.a = torch.randn([q["batch"], q["m"], q["l"]], dtype=kind, generator=generator).to(DEVICE)
        self.b = torch.randn([q["batch"], q["l"], q["p"]], dtype=kind, generator=generator).to(DEVICE)
        torch.backends.cuda.matmul.allow_tf32 = False

    def run(self):
        return [torch.bmm(self.a, self.b)]

    def error(self):
        double = torch.complex128 if self.a.is_complex() else torch.float64
        return relative(self.run(), [torch.bmm(self.a.to(double), self.b.to(double))])


class BasicBlock(torch.nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = torch.nn.BatchNorm2d(width)
        self.conv2 = torch.nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = torch.nn.BatchNorm2d(width)
        self.skip = torch.nn.Sequential()
        if stride != 1 or channels != width:
            self.skip = torch.nn.Sequential(
                torch.nn.Conv2d(channels, width, 1, stride, bias=False), torch.nn.BatchNorm2d(width))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.skip(x))


def resnet18(channels, classes):
    layers = [
        torch.nn.Conv2d(channels, 64, 3, 1, 1, bias=False), torch.nn.BatchNorm2d(64), torch.nn.ReLU(),
        torch.nn.MaxPool2d(3, 2, 1),
    ]
    before = 64
    for width in (64, 128, 256, 512):
        layers += [BasicBlock(before, width, 1 if width == 64 else 2), BasicBlock(width, width, 1)]
        before = width
    head = [torch.nn.AdaptiveAvgPool2d(1), torch.nn.Flatten(), torch.nn.Linear(512, classes)]
    return torch.nn.Sequential(*layers, *head)


def fcn(channels, classes):
    layers, before = [], channels
    for width, r in ((128, 8), (256, 5), (128, 3)):
        layers += [
            torch.nn.ConstantPad1d((r - 1, r if r % 2 == 0 else r - 1), 0.0),
            torch.nn.Conv1d(before, width, r), torch.nn.BatchNorm1d(width), torch.nn.ReLU(),
        ]
        before = width
    head = [torch.nn.AdaptiveAvgPool1d(1), torch.nn.Flatten(), torch.nn.Linear(before, classes)]
    return torch.nn.Sequential(*layers, *head)


class Step:
    """A whole training step of model 'fcn' (Adam) or 'resnet18' (SGD with momentum) on input [n, c, ...]."""

    def __init__(self, q):
        torch.manual_seed(1)
        torch.backends.cudnn.allow_tf32 = self.tf32 = q.get("tf32", False)
        self.x = torch.randn(q["input"], device=DEVICE)
        self.target = torch.randint(q["classes"], [q["input"][0]], device=DEVICE)
        make = fcn if q["model"] == "fcn" else resnet18
        self.model = make(q["input"][1], q["classes"]).to(DEVICE)
        parameters = self.model.parameters()
        self.optimizer = (
            torch.optim.Adam(parameters, lr=1e-3, capturable=q.get("graph_runs", 0) > 0) if q["model"] == "fcn"
            else torch.optim.SGD(parameters, lr=1e-2, momentum=0.9))

    def run(self):
        torch.backends.cudnn.allow_tf32 = self.tf32
        self.optimizer.zero_grad()
        loss = F.cross_entropy(self.model(self.x), self.target)
        loss.backward()
        self.optimizer.step()
        return [loss]

    def error(self):
        return None


class Replayed:
    """Runs that are captured into one CUDA graph, so that what is measured is the device and not the host."""

    def __init__(self, work, at_once):
        self.work, self.at_once = work, at_once
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(3):
                work.run()
        torch.cuda.current_stream().wait_stream(side)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            for _ in range(at_once):
                self.results = work.run()

    def run(self):
        self.graph.replay()

    def error(self):
        return self.work.error()


KINDS = {"conv": Conv, "fft": Fft, "gemm": Gemm, "step": Step}
WORK = {}


def hello():
    versions = {"torch": torch.__version__}
    if DEVICE.type == "cuda":
        versions |= {"cuda": torch.version.cuda, "cudnn": str(torch.backends.cudnn.version())}
    device = torch.cuda.get_device_name() if DEVICE.type == "cuda" else "cpu"
    return {"name": "PyTorch", "versions": versions, "kind": DEVICE.type, "device": device,
            "threads": torch.get_num_threads()}


def timed(work, runs):
    wait()
    cpu, start = time.process_time(), time.perf_counter()
    at_once = getattr(work, "at_once", 1)
    replays = max(1, runs // at_once)
    for _ in range(replays):
        work.run()
    wait()
    done = replays * at_once
    return {"seconds": (time.perf_counter() - start) / done, "cpu": (time.process_time() - cpu) / done}


def answer(q):
    do, key = q["do"], q.get("id")
    if do == "hello":
        return hello()
    if do == "make":
        work = KINDS[q["kind"]](q)
        at_once = q.get("graph_runs", 8) if DEVICE.type == "cuda" else 0
        WORK[key] = Replayed(work, at_once) if at_once > 0 else work
        if DEVICE.type == "cuda":
            # cuDNN tries its algorithms at the first run: that is no sign of a slow rival.
            WORK[key].run()
    elif do == "time":
        return timed(WORK[key], q["runs"])
    elif do == "error":
        return {"error": WORK[key].error()}
    elif do == "drop":
        WORK.pop(key, None)
    else:
        raise ValueError(f"'{do}' is no request")
    return {}


def main():
    torch.backends.cudnn.benchmark = True
    torch.set_num_threads(int(os.environ.get("SPECTRAL_RIVAL_THREADS", os.cpu_count())))
    # Whatever a library prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line))
        except Exception as e:
            reply = {"error_text": f"{type(e).__name__}: {e}"}
        print(json.dumps(reply), file=answers, flush=True)


if __name__ == "__main__":
    main()
