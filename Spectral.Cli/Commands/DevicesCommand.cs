using System.CommandLine;
using System.Text.Json;
using Spectral.Kernels;

namespace Spectral.Cli;

/// <summary><c>spectral devices</c>: every device, and why a rejected one was rejected.</summary>
internal sealed class DevicesCommand : Command
{
    private readonly Option<bool> _json = JsonOption();

    internal DevicesCommand() : base("devices", "List every device, and why a rejected one was rejected.")
    {
        Add(_json);
        SetAction(parsed => ExitCodes.Guard(() =>
        {
            var devices = DeviceCatalog.Devices;
            Console.Out.Write(parsed.GetValue(_json) ? AsJson(devices) : AsTable(devices));
            return ExitCodes.Done;
        }));
    }

    internal static Option<bool> JsonOption() =>
        new("--json") { Description = "Print a JSON array instead of a table." };

    internal static string AsJson(IReadOnlyList<DeviceInfo> devices) => JsonSerializer.Serialize(
        devices.Select(d => new
        {
            d.Id,
            Kind = d.Kind.ToString().ToLowerInvariant(),
            d.Name,
            d.MemoryBytes,
            Usable = d.IsUsable,
            d.Rejected,
            Recommended = d == Recommended(devices),
        }),
        ResultFile.Json) + "\n";

    internal static string AsTable(IReadOnlyList<DeviceInfo> devices)
    {
        var (ids, names) = (devices.Max(d => d.Id.Length), devices.Max(d => d.Name.Length));
        var memories = devices.Max(d => Memory(d.MemoryBytes).Length);
        return string.Concat(devices.Select(d => string.Concat(
            d == Recommended(devices) ? "* " : "  ",
            d.Id.PadRight(ids + 2),
            d.Name.PadRight(names + 2),
            Memory(d.MemoryBytes).PadLeft(memories),
            "  ",
            State(d, devices)).TrimEnd() + "\n"));
    }

    private static string State(DeviceInfo device, IReadOnlyList<DeviceInfo> devices) =>
        !device.IsUsable ? $"rejected: {device.Rejected}"
        : device == Recommended(devices) ? "recommended"
        : "usable";

    // The list is in order of preference.
    private static DeviceInfo? Recommended(IReadOnlyList<DeviceInfo> devices) =>
        devices.FirstOrDefault(d => d.IsUsable);

    private static string Memory(long bytes) => bytes == 0 ? "" : $"{bytes / (double)(1L << 30):0.0} GiB";
}
