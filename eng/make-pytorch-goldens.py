#!/usr/bin/env python3
"""Makes Spectral.Tests/Golden/pytorch-*.safetensors: small networks, their weights and what PyTorch computes.

Needs torch and torchvision (Debian: python3-torch, python3-torchvision). Two files a network:
  pytorch-NAME.safetensors        the state dict, in float32, as PyTorch users save it
  pytorch-NAME.case.safetensors   in float64: input, logits in evaluation mode, and of one training step
                                  the logits, the loss, some gradients ("grad.KEY") and running statistics
Without arguments it writes the files; with --counts it prints the parameter counts that the tests expect.
"""
import json
import pathlib
import struct
import sys

import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck
from torchvision.models.vgg import cfgs, make_layers

GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "Spectral.Tests" / "Golden"
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64"}


def save(path, tensors):
    """The safetensors format: length of the header, the header in JSON, the elements."""
    header, data = {}, b""
    for name, tensor in tensors.items():
        block = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape),
                        "data_offsets": [len(data), len(data) + len(block)]}
        data += block
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


class ResNet(nn.Module):
    """torchvision's, with any widths, and with the band-limited original's stem for small images."""

    def __init__(self, block, blocks, classes, widths=(64, 128, 256, 512), cifar=True):
        super().__init__()
        stem = dict(kernel_size=3, padding=1) if cifar else dict(kernel_size=7, stride=2, padding=3)
        self.conv1 = nn.Conv2d(3, widths[0], bias=False, **stem)
        self.bn1 = nn.BatchNorm2d(widths[0])
        channels = widths[0]
        for i, (count, width) in enumerate(zip(blocks, widths)):
            layers = []
            for j in range(count):
                stride = 2 if i > 0 and j == 0 else 1
                down = None
                if stride != 1 or channels != width * block.expansion:
                    down = nn.Sequential(nn.Conv2d(channels, width * block.expansion, 1, stride, bias=False),
                                         nn.BatchNorm2d(width * block.expansion))
                layers.append(block(channels, width, stride, down))
                channels = width * block.expansion
            setattr(self, f"layer{i + 1}", nn.Sequential(*layers))
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = nn.functional.max_pool2d(x, 3, 2, 1)
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class DenseNet(torchvision.models.DenseNet):
    """torchvision's, with the band-limited original's stem for small images: one 3x3 convolution."""

    def __init__(self, growth, blocks, features, classes, cifar=True):
        super().__init__(growth, blocks, features, num_classes=classes)
        if cifar:
            self.features.conv0 = nn.Conv2d(3, features, 3, padding=1, bias=False)
            del self.features.norm0, self.features.relu0, self.features.pool0


class LeNet(nn.Module):
    def __init__(self, channels, size, classes, filters=(6, 16), hidden=(120, 84)):
        super().__init__()
        padding = 2 if size < 32 else 0
        self.conv1 = nn.Conv2d(channels, filters[0], 5, padding=padding)
        self.conv2 = nn.Conv2d(filters[0], filters[1], 5)
        side = ((size + 2 * padding - 4) // 2 - 4) // 2
        self.fc1 = nn.Linear(filters[1] * side * side, hidden[0])
        self.fc2 = nn.Linear(hidden[0], hidden[1])
        self.fc3 = nn.Linear(hidden[1], classes)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = nn.functional.max_pool2d(torch.relu(self.conv2(x)), 2)
        x = torch.relu(self.fc1(x.flatten(1)))
        return self.fc3(torch.relu(self.fc2(x)))


class SmallVgg(nn.Module):
    """The filters of torchvision's VGG with batch norm; then the mean, and one linear layer."""

    def __init__(self, plan, classes):
        super().__init__()
        self.features = make_layers(plan, batch_norm=True)
        self.classifier = nn.Sequential(nn.Linear([p for p in plan if p != "M"][-1], classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


def narrow_vgg():
    plan = [4, "M", 6, "M", 8, 8, "M", 8, 8, "M", 8, 8, "M"]
    model = torchvision.models.VGG(make_layers(plan, batch_norm=True), num_classes=5)
    model.avgpool = nn.AdaptiveAvgPool2d((2, 3))
    model.classifier = nn.Sequential(nn.Linear(48, 16), nn.ReLU(True), nn.Dropout(0),
                                     nn.Linear(16, 16), nn.ReLU(True), nn.Dropout(0), nn.Linear(16, 5))
    return model


CASES = {  # name: (network, input shape, keys whose gradients are kept)
    "resnet": (lambda: ResNet(BasicBlock, [2, 2, 2, 2], 5, (4, 8, 8, 16)), (3, 3, 32, 32),
               ["conv1.weight", "bn1.weight", "layer2.0.conv1.weight", "layer2.0.downsample.0.weight",
                "layer4.1.bn2.bias", "fc.weight"]),
    "resnet-bottleneck": (lambda: ResNet(Bottleneck, [1, 2, 1, 1], 5, (2, 3, 4, 4), cifar=False),
                          (2, 3, 64, 48),
                          ["conv1.weight", "layer1.0.conv3.weight", "layer2.1.conv2.weight", "fc.bias"]),
    "densenet": (lambda: DenseNet(4, (2, 3, 2), 8, 5), (3, 3, 16, 16),
                 ["features.conv0.weight", "features.denseblock1.denselayer2.conv1.weight",
                  "features.transition1.conv.weight", "features.denseblock3.denselayer1.norm2.weight",
                  "features.norm5.bias", "classifier.weight"]),
    "densenet-imagenet": (lambda: DenseNet(4, (1, 2), 8, 5, cifar=False), (2, 3, 32, 40),
                          ["features.conv0.weight", "features.denseblock1.denselayer1.conv1.weight",
                           "features.denseblock2.denselayer1.conv2.weight"]),
    "lenet": (lambda: LeNet(1, 28, 5, (3, 4), (12, 10)), (3, 1, 28, 28),
              ["conv1.weight", "conv1.bias", "conv2.weight", "fc1.bias", "fc3.weight"]),
    "vgg": (narrow_vgg, (2, 3, 32, 64), ["features.0.weight", "features.1.bias", "features.8.weight",
                                         "classifier.0.weight", "classifier.6.bias"]),
}


def make(name, network, shape, keys):
    torch.manual_seed(sum(map(ord, name)))
    model = network()
    for _ in range(4):  # running statistics that are not the initial ones
        model(torch.randn(shape))
    # Files of single-precision values that double holds exactly serve both precisions.
    state = {key: value.clone() for key, value in model.state_dict().items()}
    save(GOLDEN / f"pytorch-{name}.safetensors", state)

    model = model.double()
    x = torch.randn(shape).double()
    target = torch.arange(shape[0]) % 5
    case = {"input": x.float(), "target": target, "logits": model.eval()(x)}
    logits = model.train()(x)
    loss = nn.functional.cross_entropy(logits, target)
    loss.backward()
    case |= {"train.logits": logits, "train.loss": loss}
    parameters = dict(model.named_parameters())
    case |= {f"grad.{key}": parameters[key].grad for key in keys}
    means = [key for key in state if key.endswith("running_var")]
    case |= {f"after.{key}": model.state_dict()[key] for key in means[:1] + means[-1:]}
    save(GOLDEN / f"pytorch-{name}.case.safetensors", case)


def counts():
    def show(name, model):
        print(f"{name:24}{sum(p.numel() for p in model.parameters()):>12}")

    for name in ["resnet18", "resnet34", "resnet50", "densenet121", "vgg11_bn", "vgg13_bn", "vgg16_bn"]:
        show(name, getattr(torchvision.models, name)(num_classes=1000))
    show("resnet18 small", ResNet(BasicBlock, [2, 2, 2, 2], 10))
    show("resnet34 small", ResNet(BasicBlock, [3, 4, 6, 3], 10))
    show("resnet50 small", ResNet(Bottleneck, [3, 4, 6, 3], 10))
    show("densenet121 small", DenseNet(12, (6, 12, 24, 16), 24, 100))
    show("lenet 28 grey", LeNet(1, 28, 10))
    show("lenet 32 colour", LeNet(3, 32, 10))
    for letter, depth in zip("ABD", [11, 13, 16]):
        show(f"vgg{depth} small", SmallVgg(cfgs[letter], 10))


if __name__ == "__main__":
    if "--counts" in sys.argv:
        counts()
    else:
        for case_name, case in CASES.items():
            make(case_name, *case)
