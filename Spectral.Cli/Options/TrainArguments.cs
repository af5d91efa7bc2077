using System.CommandLine;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>The options of <c>spectral train</c> as the parser knows them.</summary>
internal sealed class TrainArguments
{
    private readonly Option<string> _data = new("--data")
    {
        HelpName = "D",
        Required = true,
        Description = "A built-in set (cbf, synthetic-control, shapes), or the path of a folder: NAME_TRAIN "
            + "and NAME_TEST files (.ts, .tsv, .txt), CIFAR binary batches, MNIST IDX files, or train and "
            + "test as folders or zips of class-named folders of images.",
    };

    private readonly Option<string> _model = new("--model")
    {
        HelpName = "M",
        Required = true,
        Description = "The network. For series: fcn, or fcn-medium … fcn-micro for fewer filters. For images: "
            + "lenet, resnet18, resnet34, resnet50, densenet121, vgg11, vgg13, vgg16.",
    };

    private readonly Option<string?> _rate = Text("--rate", "R",
        "Compression rate: percent of the spectrum that every convolution discards, 0 to 100. Default 0.");

    private readonly Option<string?> _energy = Text("--energy", "E",
        "Instead of a rate: percent of the spectrum's energy that is kept, above 0, up to 100.");

    private readonly Option<string?> _rates = Text("--rates", "r1,r2,…",
        "Instead of one rate: a rate for each band-limited layer, in order.");

    private readonly Option<string?> _limitTrain = Text("--limit-train", "N",
        "Train on N samples drawn by the seed, every class with its share.");

    private readonly Option<string?> _limitTest = LimitTestOption();

    private readonly Option<string> _augment = Text("--augment", "auto|none|flip|crop-flip",
        "Random changes of training images: mirrored, or cut out of a border of 4 and mirrored; auto is "
        + "crop-flip for CIFAR and none for others.", "auto");

    private readonly Option<string> _fftSize = Text("--fft-size", "minimal|compat",
        "FFT lengths: the shortest exact ones, or the original's powers of two.", "minimal");

    private readonly Option<string> _epochs = Text("--epochs", "N", "Epochs in all.", "60");

    private readonly Option<string?> _steps = Text("--steps", "N",
        "Instead of epochs: steps of the optimiser in all, rounded up to whole epochs.");

    private readonly Option<string> _testEvery = Text("--test-every", "N",
        "Epochs from one test to the next; the last epoch is always tested.", "1");

    private readonly Option<string> _batch = Text("--batch", "N", "Samples in a step.", "8");

    private readonly Option<string> _learningRate = Text("--lr", "X", "Learning rate; the highest of a cycle.", "0.003");

    private readonly Option<string> _optimizer = Text("--optimizer", "sgd|adam|adamw",
        "The optimiser; sgd has a momentum of 0.9.", "adamw");

    private readonly Option<string> _schedule = Text("--schedule", "S",
        $"How the learning rate changes: {ScheduleSpec.Help}.", "one-cycle");

    private readonly Option<string> _weightDecay = Text("--weight-decay", "X", "Weight decay.", "0.01");

    private readonly Option<bool> _decayOnlyWeights = new("--decay-only-weights")
    {
        Description = "Leave biases and batch norms out of the weight decay.",
    };

    private readonly Option<string> _labelSmoothing = Text("--label-smoothing", "X",
        "Share of the wanted probability that is spread over all classes, 0 to below 1.", "0");

    private readonly Option<string?> _clipNorm = Text("--clip-norm", "X",
        "Scale the gradients of a step so that their common norm is at most X.");

    private readonly Option<string?> _clipValue = Text("--clip-value", "X",
        "Limit each element of a gradient to -X … X.");

    private readonly Option<bool> _findLearningRate = new("--find-lr")
    {
        Description = "Train nothing: try rising learning rates for up to 100 steps, print the one to use and "
            + "write the curve to lr-finder.csv in the folder of the run.",
    };

    private readonly Option<string> _precision = Text("--precision", "fp32|fp64", "Arithmetic.", "fp32");

    private readonly Option<string> _seed = Text("--seed", "N", "Seed of everything random.", "0");

    private readonly Option<string?> _device = DeviceOption();

    private readonly Option<string?> _out = Text("--out", "DIR",
        "Folder of the run; files of an earlier run move to DIR/previous-N. Default runs/DATA-MODEL-BAND.");

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on from the checkpoint in the folder of the run, if there is one.",
    };

    /// <summary>All of them, in the order of the help page.</summary>
    internal IEnumerable<Option> All =>
    [
        _data, _model, _limitTrain, _limitTest, _augment, _rate, _energy, _rates, _fftSize, _epochs, _steps,
        _testEvery, _batch, _learningRate, _findLearningRate, _optimizer, _schedule, _weightDecay,
        _decayOnlyWeights, _labelSmoothing, _clipNorm, _clipValue, _precision, _seed, _device, _out, _resume,
    ];

    internal static Option<string?> DeviceOption() => Text("--device", "auto|cuda[:i]|opencl[:i]|cpu",
        "Where to compute. Default: SPECTRAL_DEVICE, else auto, the best device there is.");

    internal static Option<string?> LimitTestOption() => Text("--limit-test", "N",
        "Test on N samples, every class with its share; the same N for every seed.");

    /// <summary>Reads and checks them.</summary>
    /// <exception cref="UsageException">One of them is wrong.</exception>
    internal TrainOptions Read(ParseResult parsed)
    {
        string Value(Option<string> option) => parsed.GetRequiredValue(option);
        var bands = BandOptions.Read(
            parsed.GetValue(_rate), parsed.GetValue(_energy), parsed.GetValue(_rates));
        var (data, model) = (Value(_data), Value(_model));
        return new TrainOptions(
            data,
            CheckModel(model),
            bands,
            FftSizeOf(Value(_fftSize)),
            OptionText.Whole("--epochs", Value(_epochs), 1),
            parsed.GetValue(_steps) is { } steps ? OptionText.Whole("--steps", steps, 1) : null,
            OptionText.Whole("--test-every", Value(_testEvery), 1),
            OptionText.Whole("--batch", Value(_batch), 1),
            OptionText.Number("--lr", Value(_learningRate), "a number above 0", v => v > 0),
            OptionText.Word("--optimizer", Value(_optimizer),
                ("sgd", OptimizerKind.Sgd), ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW)),
            ScheduleSpec.Parse(Value(_schedule)),
            OptionText.Number("--weight-decay", Value(_weightDecay), "a number of 0 or more", v => v >= 0),
            PrecisionOf(Value(_precision)),
            OptionText.Seed("--seed", Value(_seed)),
            parsed.GetValue(_device),
            parsed.GetValue(_out) ?? DefaultFolder(data, model, bands),
            parsed.GetValue(_resume))
        {
            LimitTrain = OptionText.Limit("--limit-train", parsed.GetValue(_limitTrain)),
            LimitTest = OptionText.Limit("--limit-test", parsed.GetValue(_limitTest)),
            LabelSmoothing = OptionText.Number("--label-smoothing", Value(_labelSmoothing),
                "a number from 0 to below 1", v => v is >= 0 and < 1),
            ClipNorm = Limit("--clip-norm", parsed.GetValue(_clipNorm)),
            ClipValue = Limit("--clip-value", parsed.GetValue(_clipValue)),
            DecaysOnlyWeights = parsed.GetValue(_decayOnlyWeights),
            FindLearningRate = parsed.GetValue(_findLearningRate),
            Augment = OptionText.Word("--augment", Value(_augment),
                ("auto", Augmentation.Auto), ("none", Augmentation.None), ("flip", Augmentation.Flip),
                ("crop-flip", Augmentation.CropFlip)),
        };
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };

    private static Option<string> Text(string name, string helpName, string description, string standard) =>
        new(name)
        {
            HelpName = helpName,
            Description = description,
            DefaultValueFactory = _ => standard,
        };

    private static double? Limit(string option, string? text) =>
        text is null ? null : OptionText.Number(option, text, "a number above 0", v => v > 0);

    internal static FftSizePolicy FftSizeOf(string text) => OptionText.Word("--fft-size", text,
        ("minimal", FftSizePolicy.Minimal), ("compat", FftSizePolicy.Compatible));

    internal static string CheckModel(string name) =>
        ModelZoo.Names.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? name.ToLowerInvariant()
            : throw OptionText.Wrong("--model", name, string.Join(", ", ModelZoo.Names));

    private static DType PrecisionOf(string text) =>
        text.Equals("fp16", StringComparison.OrdinalIgnoreCase)
            ? throw new UsageException("--precision", "fp16, which is not supported yet", "fp32, fp64",
                "train in fp32")
            : OptionText.Word("--precision", text, ("fp32", DType.Float32), ("fp64", DType.Float64));

    private static string DefaultFolder(string data, string model, IReadOnlyList<Band> bands)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(data)));
        var band = string.Join('-', bands).Replace(" %", "", StringComparison.Ordinal);
        var slug = $"{name}-{model}-{band}".ToLowerInvariant();
        var letters = slug.Select(c => char.IsLetterOrDigit(c) || c == '.' ? c : '-');
        return Path.Combine("runs", string.Concat(letters));
    }
}
