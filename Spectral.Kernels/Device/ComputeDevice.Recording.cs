namespace Spectral.Kernels;

/// <content>Recording launches for a <see cref="LaunchGraph"/>.</content>
public sealed partial class ComputeDevice
{
    private bool _recording;

    /// <summary>Until the result is disposed, the device refuses what no graph can hold.</summary>
    internal IDisposable Recording()
    {
        RefuseWhileRecording("a recording");
        _recording = true;
        return new RecordingScope(this);
    }

    /// <summary>Throws while launches are being recorded.</summary>
    internal void RefuseWhileRecording(string given) => Throw.Unless(
        !_recording, "graph", $"{given} while launches are recorded", "launches and copies on the device",
        "do it before or after the recorded action");

    private sealed class RecordingScope(ComputeDevice device) : IDisposable
    {
        public void Dispose() => device._recording = false;
    }
}
