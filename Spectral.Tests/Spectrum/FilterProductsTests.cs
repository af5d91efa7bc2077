using NUnit.Framework;
using Spectral.Kernels;

namespace Spectral.Tests.Kernels;

/// <summary>Filters that enter products as samples, against filters whose spectra are in memory.</summary>
[TestFixtureSource(typeof(TestDevices), nameof(TestDevices.Ids))]
public class FilterProductsTests(string deviceId)
{
    private readonly ComputeDevice _device = TestDevices.Get(deviceId);

    private static readonly ConvAxis Row = new(1, 1), Series = new(23, 5, 1, 2, 2);

    private static readonly ConvAxis Image = new(6, 3, 1, 1, 1);

    // Ragged and exact numbers of tiles and lanes; 300 channels are more than one stretch of a panel.
    private static readonly ConvShape[] Shapes =
    [
        new(1, 1, 4, Row, Series), new(5, 3, 7, Row, Series), new(16, 16, 32, Row, Series),
        new(3, 300, 17, Row, Series), new(2, 18, 300, Image, Image), new(9, 33, 21, Image, Image),
        new(70, 2, 65, Image, Image), new(4, 64, 20, Image, Image), new(3, 32, 8, Row, new ConvAxis(23, 3, 1, 1, 1)),
        new(4, 20, 36, new ConvAxis(7, 4, 2, 1, 0), new ConvAxis(9, 2, 3, 0, 1, 2)),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void Samples_do_what_spectra_do(ConvShape shape)
    {
        var dimensions = shape.H == Row ? 1 : 2;
        foreach (var rate in (double[])[0, 50])
        {
            var plan = BandConvPlan.For(shape, dimensions, Band.Rate(rate), FftSizePolicy.Minimal);
            var (y, dx, dw) = Run(plan, DType.Float64, "spectra");
            foreach (var (type, tolerance) in new[]
            {
                (DType.Float64, Tolerances.GemmDouble), (DType.Float32, Tolerances.ConvFloat),
            })
            {
                var result = Run(plan, type, "taps");
                Closeness.AssertClose(result.Y, y, tolerance, $"y of {type}, {plan}");
                Closeness.AssertClose(result.Dx, dx, tolerance, $"dx of {type}, {plan}");
                Closeness.AssertClose(result.Dw, dw, tolerance, $"dw of {type}, {plan}");
            }
        }
    }

    private (double[] Y, double[] Dx, double[] Dw) Run(BandConvPlan plan, DType type, string filters)
    {
        Environment.SetEnvironmentVariable("SPECTRAL_PLAN", $"filters={filters}");
        try
        {
            using var x = Host.Upload(_device, type, Host.Random(1, (int)plan.Input.SampleCount));
            using var w = Host.Upload(_device, type, Host.Random(2, (int)plan.Filter.SampleCount));
            using var dy = Host.Upload(_device, type, Host.Random(3, (int)plan.Output.SampleCount));
            using var y = Host.Dirty(_device, type, (int)plan.Output.SampleCount);
            using var dx = Host.Dirty(_device, type, (int)plan.Input.SampleCount);
            using var dw = Host.Dirty(_device, type, (int)plan.Filter.SampleCount);
            using var spectrum = BandConv.Transform(plan.Input, x, "test");
            using var d = BandConv.Transform(plan.Output, dy, "test");
            using var prepared = BandConv.Filters(plan, w, "test");
            BandConv.Forward(plan, spectrum, prepared, null, y);
            using var gradient =
                BandConv.InputGradient(plan, d, BandConv.ReusesFilters(_device, plan) ? prepared : w, "test");
            PlaneTransform.Inverse(plan.Input, gradient, dx);
            BandConv.FilterGradient(plan, spectrum, d, dw);
            return (Host.Download(y), Host.Download(dx), Host.Download(dw));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SPECTRAL_PLAN", null);
        }
    }
}
