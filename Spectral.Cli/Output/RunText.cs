using System.Globalization;
using Spectral.Kernels;
using Spectral.Nn;

namespace Spectral.Cli;

/// <summary>The sentences that a run begins and ends with.</summary>
internal static class RunText
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    internal static long ParameterCount(Module model) => model.Parameters().Sum(p => (long)p.Length);

    internal static void Start(DataSplit data, ModelSpec spec, Module model, ComputeDevice device)
    {
        var bands = spec.LayerBands.Length > 0 ? string.Join(", ", spec.LayerBands) : spec.Band;
        Console.WriteLine(string.Create(Culture,
            $"{data.Name}: {data.Train.Count} training and {data.Test.Count} test samples of ")
            + $"{string.Join('×', spec.InputShape)}, {spec.ClassNames.Length} classes");
        Console.WriteLine(string.Create(Culture,
            $"{spec.Name}: {ParameterCount(model):N0} parameters, {bands}, on {device.Info}"));
        AdviseFasterDevice(device);
    }

    internal static void Images(Normalization constants, Augmentation augmentation) =>
        Console.WriteLine($"images normalised by {constants}; " + augmentation switch
        {
            Augmentation.Flip => "training images mirrored at random",
            Augmentation.CropFlip => "training images cut out of a border of 4 and mirrored at random",
            _ => "training images taken as they are",
        });

    internal static void End(Trainer trainer, LoaderStatistics loader, string folder)
    {
        var last = trainer.History[^1];
        Console.WriteLine(string.Create(Culture,
            $"test accuracy {last.TestAccuracy:P1} after {last.Epoch} epochs ")
            + string.Create(Culture, $"({trainer.History.Sum(m => m.Seconds):F1} s of training), ")
            + string.Create(Culture, $"{last.AchievedCompression:P1} of the spectra discarded, ")
            + string.Create(Culture, $"{loader.WaitShare:P1} of the time spent waiting for data"));
        Console.WriteLine($"kept in '{folder}'");
    }

    internal static string Epoch(EpochMetrics m, int epochs) => string.Create(Culture,
        $"epoch {m.Epoch}/{epochs}  train loss {m.TrainLoss:F4} accuracy {m.TrainAccuracy:P1}  ")
        + (double.IsNaN(m.TestAccuracy)
            ? ""
            : string.Create(Culture, $"test loss {m.TestLoss:F4} accuracy {m.TestAccuracy:P1}  "))
        + string.Create(Culture, $"{m.Seconds:F2} s");

    /// <summary>Says what would be faster, where nothing but ILGPU's CPU device is there.</summary>
    internal static void AdviseFasterDevice(ComputeDevice device)
    {
        if (device.Kind == DeviceKind.Cpu && DeviceCatalog.Devices.Count(d => d.IsUsable) == 1)
            Console.Error.WriteLine(
                "spectral: only ILGPU's CPU device is here; a GPU driver or an OpenCL run time is many times "
                + "faster (Debian and Ubuntu: apt-get install pocl-opencl-icd)");
    }
}
