using Spectral.Kernels;

namespace Spectral.Tests;

/// <summary>
/// The devices that kernel tests run on: every usable one, each opened once. A missing GPU is simply not
/// in the list; ILGPU's CPU device always is.
/// </summary>
public static class TestDevices
{
    private static readonly Dictionary<string, ComputeDevice> Opened = [];

    /// <summary>Ids of the devices under test; <c>SPECTRAL_TEST_DEVICES</c> (comma separated) narrows them.</summary>
    public static IReadOnlyList<string> Ids { get; } = Choose();

    /// <summary>The opened device of an id.</summary>
    public static ComputeDevice Get(string id)
    {
        lock (Opened)
        {
            if (!Opened.TryGetValue(id, out var device))
                Opened[id] = device = ComputeDevice.Open(id);
            return device;
        }
    }

    private static string[] Choose()
    {
        var only = Environment.GetEnvironmentVariable("SPECTRAL_TEST_DEVICES")?.Split(',');
        return
        [
            .. DeviceCatalog.Devices.Where(d => d.IsUsable).Select(d => d.Id)
                .Where(id => only is null || only.Contains(id)),
        ];
    }
}
