using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Spectral.Bench;

/// <summary>A column that asks the benchmark itself.</summary>
public abstract class KernelColumn(string name, string legend) : IColumn
{
    public string Id => name;

    public string ColumnName => name;

    public bool AlwaysShow => true;

    public ColumnCategory Category => ColumnCategory.Custom;

    public int PriorityInCategory => 0;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public string Legend => legend;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase)
    {
        var type = benchmarkCase.Descriptor.Type;
        if (!type.IsAssignableTo(typeof(IMeasured)) || Activator.CreateInstance(type) is not IMeasured bench)
            return "-";
        foreach (var parameter in benchmarkCase.Parameters.Items)
            type.GetProperty(parameter.Name)?.SetValue(bench, parameter.Value);
        try
        {
            return Value(summary, benchmarkCase, bench);
        }
        finally
        {
            bench.Cleanup();
        }
    }

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        GetValue(summary, benchmarkCase);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

    public bool IsAvailable(Summary summary) => true;

    protected abstract string Value(Summary summary, BenchmarkCase benchmarkCase, IMeasured bench);
}

/// <summary>Error against double precision beside the time: speed means nothing without it.</summary>
public sealed class RelativeErrorColumn() : KernelColumn("RelError", "Relative L2 error against double")
{
    protected override string Value(Summary summary, BenchmarkCase benchmarkCase, IMeasured bench) =>
        bench.RelativeError(benchmarkCase.Descriptor.WorkloadMethod.Name).ToString("0.0e0", CultureInfo.InvariantCulture);
}

/// <summary>Useful operations a second, by the median.</summary>
public sealed class RateColumn() : KernelColumn("GFLOP/s", "Floating-point operations by the median time")
{
    protected override string Value(Summary summary, BenchmarkCase benchmarkCase, IMeasured bench)
    {
        var statistics = summary[benchmarkCase]?.ResultStatistics;
        return statistics is null || bench.Flops == 0
            ? "-"
            : (bench.Flops / statistics.Median).ToString("0.0", CultureInfo.InvariantCulture);
    }
}
