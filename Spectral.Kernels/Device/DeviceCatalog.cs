using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Spectral.Kernels;

/// <summary>
/// Every device of the machine, usable or not, in order of preference: CUDA, OpenCL GPUs, OpenCL CPU
/// run times, ILGPU's CPU device. The only place that makes an ILGPU context.
/// </summary>
public static class DeviceCatalog
{
    private const string NoCuda = "no NVIDIA driver or no CUDA device was found";

    private const string NoOpenCl =
        "no OpenCL run time was found (on Debian or Ubuntu: apt-get install pocl-opencl-icd)";

    private sealed record Entry(DeviceInfo Info, Device? Device);

    private sealed record Found(Context Context, List<Entry> Entries);

    private static readonly Lazy<Found> Discovered = new(Discover);

    /// <summary>All devices with the reason where one was rejected; the last is always <c>cpu</c>.</summary>
    public static IReadOnlyList<DeviceInfo> Devices => [.. Discovered.Value.Entries.Select(e => e.Info)];

    /// <summary>The usable device that <paramref name="selector"/> names.</summary>
    /// <param name="selector">
    /// <c>auto</c>, <c>cuda[:i]</c>, <c>opencl[:i]</c> or <c>cpu</c>; null asks the environment variable
    /// <c>SPECTRAL_DEVICE</c>, then <c>auto</c>.
    /// </param>
    /// <exception cref="DeviceNotFoundException">No such device, or it was rejected.</exception>
    public static DeviceInfo Find(string? selector = null)
    {
        var wanted = selector ?? Environment.GetEnvironmentVariable("SPECTRAL_DEVICE");
        wanted = string.IsNullOrWhiteSpace(wanted) ? "auto" : wanted.Trim().ToLowerInvariant();
        var infos = Devices;
        if (wanted == "auto")
            return infos.First(i => i.IsUsable);
        var id = wanted is "cuda" or "opencl" ? wanted + ":0" : wanted;
        var match = infos.FirstOrDefault(i => i.Id == id);
        if (match is { IsUsable: true })
            return match;
        throw new DeviceNotFoundException(
            "device",
            match is null
                ? $"'{wanted}' names no device of this machine"
                : $"'{wanted}' was rejected: {match.Rejected}",
            $"usable here: auto, {string.Join(", ", infos.Where(i => i.IsUsable).Select(i => i.Id))}",
            "choose one of these; 'spectral devices' tells why others were rejected");
    }

    internal static Context Context => Discovered.Value.Context;

    internal static Device DeviceOf(DeviceInfo info) =>
        Discovered.Value.Entries.First(e => e.Info.Id == info.Id).Device!;

    private static Found Discover()
    {
        OpenClLibrary.EnsureResolvable();
        string? cudaError = null, openClError = null;
        var context = Context.Create(builder =>
        {
            builder.Optimize(OptimizationLevel.O2).EnableAlgorithms();
            cudaError = Try(() => builder.Cuda());
            openClError = Try(() => builder.OpenCL(cl =>
            {
                OpenClLibrary.ApplyQuirks(cl);
                return true;
            }));
            builder.CPU(new CPUDevice(2, 1, Environment.ProcessorCount));
        });

        // A CPU run time is only second best to a GPU, whatever order the drivers are listed in.
        var openCl = context.Devices.OfType<CLDevice>().OrderBy(d => DeviceQuirks.Of(d).PrefersVectorLoops);
        return new Found(context,
        [
            .. Entries(DeviceKind.Cuda, "cuda", context.Devices.OfType<CudaDevice>(), cudaError ?? NoCuda),
            .. Entries(DeviceKind.OpenCl, "opencl", openCl, openClError ?? NoOpenCl),
            .. Entries(DeviceKind.Cpu, "cpu", context.Devices.OfType<CPUDevice>(), ""),
        ]);
    }

    private static IEnumerable<Entry> Entries(
        DeviceKind kind, string prefix, IEnumerable<Device> devices, string whyNone)
    {
        var index = 0;
        foreach (var device in devices)
        {
            var id = kind == DeviceKind.Cpu ? prefix : $"{prefix}:{index}";
            var memory = device.MemorySize == long.MaxValue ? 0 : device.MemorySize;
            var onCpu = DeviceQuirks.Of(device).PrefersVectorLoops;
            yield return new Entry(
                new DeviceInfo(id, kind, NameOf(device), memory, Objection(device), onCpu), device);
            index++;
        }

        if (index == 0)
            yield return new Entry(new DeviceInfo($"{prefix}:0", kind, "none", 0, whyNone, false), null);
    }

    private static string NameOf(Device device) => device switch
    {
        CLDevice cl => $"{cl.Name} ({cl.PlatformName.Trim()})",
        CPUDevice => $"ILGPU CPU device, {Environment.ProcessorCount} threads",
        _ => device.Name,
    };

    private static string? Objection(Device device)
    {
        if (device is not CLDevice cl)
            return null;
        if (cl.CLStdVersion < CLBackend.MinimumVersion)
            return $"its OpenCL C version {cl.CLStdVersion} is older than {CLBackend.MinimumVersion}";
        if (!cl.Capabilities.GenericAddressSpace)
            return "the driver has no generic address space";
        return cl.Capabilities.Float64 ? null : "the driver has no double precision";
    }

    private static string? Try(Action add)
    {
        try
        {
            add();
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or NotSupportedException or AcceleratorException)
        {
            return e.Message;
        }
    }
}
