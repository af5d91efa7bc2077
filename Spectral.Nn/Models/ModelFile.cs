using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Weights in safetensors files, under PyTorch's keys.</summary>
public static class ModelFile
{
    private const string SpecKey = "spectral.model";

    /// <summary>Writes parameters and buffers, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="spec">From what the model can be built again; null leaves that out.</param>
    /// <exception cref="StorageException">The file cannot be written; an old one stays.</exception>
    public static void Save(string path, Module model, ModelSpec? spec = null)
    {
        NamedArray[] arrays = [.. model.StateDict().Select(s => TensorArrays.ToNamed(s.Key, s.Value))];
        SafeTensorsFile.Write(
            path, arrays, spec is null ? null : new Dictionary<string, string> { [SpecKey] = spec.ToJson() });
    }

    /// <summary>Reads weights into a model; all of them or, when anything does not fit, none.</summary>
    /// <param name="path">A file of ours or of PyTorch's.</param>
    /// <param name="model">The model.</param>
    /// <param name="strict">Whether a missing or unexpected key is an error.</param>
    /// <returns>The missing and the unexpected keys.</returns>
    /// <exception cref="DataFormatException">It is no safetensors file.</exception>
    /// <exception cref="InvalidInputException">Keys or shapes do not fit.</exception>
    public static StateDictReport Load(string path, Module model, bool strict = true) =>
        Load(SafeTensorsFile.Read(path).Tensors, model, strict);

    /// <summary>Builds the model that a file describes, with its weights, in evaluation mode.</summary>
    /// <param name="path">A file that was saved with a spec.</param>
    /// <param name="device">Device of the parameters.</param>
    /// <exception cref="DataFormatException">It is no such file.</exception>
    public static (Module Model, ModelSpec Spec) Open(string path, ComputeDevice device)
    {
        var content = SafeTensorsFile.Read(path);
        if (!content.Metadata.TryGetValue(SpecKey, out var json))
            throw new DataFormatException(
                "model", $"'{path}' does not say which model it holds", "a file that 'spectral train' wrote",
                "build the model in code and use ModelFile.Load");
        var spec = ModelSpec.FromJson(json);
        Module model;
        using (Init.Skip())
            model = ModelZoo.Create(spec, device, new Generator(0));
        Load(content.Tensors, model, strict: true);
        return (model.Eval(), spec);
    }

    internal static StateDictReport Load(IEnumerable<NamedArray> arrays, Module model, bool strict)
    {
        using var scope = new TensorScope();
        var device = model.Parameters().FirstOrDefault()?.Device ?? ComputeDevice.Default;
        return model.LoadStateDict(arrays.ToDictionary(a => a.Name, a => TensorArrays.ToTensor(a, device)), strict);
    }
}
