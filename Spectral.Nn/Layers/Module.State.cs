using Spectral.Autograd;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>What did not match when a state dict was loaded.</summary>
/// <param name="Missing">Keys of the module that the dict lacks.</param>
/// <param name="Unexpected">Keys of the dict that the module lacks.</param>
public sealed record StateDictReport(IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected);

/// <content>Saving and loading of parameters and buffers by name.</content>
public abstract partial class Module
{
    private const int NamesShown = 8;

    /// <summary>
    /// Parameters and buffers by dotted name, in PyTorch's order: a module's parameters, its buffers, then
    /// its children. The tensors are the live ones, not copies. Integers are Int32 here; files hold them as
    /// 64-bit integers, as PyTorch's do.
    /// </summary>
    public OrderedDictionary<string, Tensor> StateDict()
    {
        var state = new OrderedDictionary<string, Tensor>();
        foreach (var (prefix, module) in NamedModules())
        {
            module.StoreBuffers();
            foreach (var (name, parameter) in module._parameters)
                state.Add(prefix + name, parameter);
            foreach (var (name, buffer) in module._buffers)
                state.Add(prefix + name, buffer);
        }

        return state;
    }

    /// <summary>
    /// Copies values into the parameters and buffers of their names. Either all are copied or, when anything
    /// does not fit, none.
    /// </summary>
    /// <param name="state">Tensors by dotted name, on any device; Float32 may widen to Float64.</param>
    /// <param name="strict">Whether a missing or unexpected key is an error.</param>
    /// <returns>The missing and the unexpected keys.</returns>
    /// <exception cref="InvalidInputException">
    /// A shape or element type does not fit, or, if <paramref name="strict"/>, a key is missing or
    /// unexpected.
    /// </exception>
    public StateDictReport LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        var own = StateDict();
        string[] missing = [.. own.Keys.Where(k => !state.ContainsKey(k))];
        string[] unexpected = [.. state.Keys.Where(k => !own.ContainsKey(k))];
        Throw.Unless(!strict || (missing.Length == 0 && unexpected.Length == 0), "loadStateDict",
            string.Join("; ", Listed("missing keys", missing).Concat(Listed("unexpected keys", unexpected))),
            "exactly the keys of the module", "load into the module that was saved, or pass strict: false");
        string[] unfit =
        [
            .. own.Where(o => state.TryGetValue(o.Key, out var given) && !Fits(given, o.Value))
                .Select(o => $"{o.Key} {Form(state[o.Key])} for {Form(o.Value)}"),
        ];
        Throw.Unless(unfit.Length == 0, "loadStateDict",
            string.Join("; ", Listed("keys that do not fit", unfit)), "equal shapes and element types",
            "build the module with the sizes it was saved with");

        foreach (var (key, target) in own)
            if (state.TryGetValue(key, out var given) && !ReferenceEquals(given, target))
                Copy(given, target);
        foreach (var (_, module) in NamedModules())
            module.BuffersLoaded();
        return new StateDictReport(missing, unexpected);
    }

    private static bool Fits(Tensor given, Tensor own) => given.Shape == own.Shape
        && (given.DType == own.DType || (given.DType == DType.Float32 && own.DType == DType.Float64));

    private static string Form(Tensor tensor) => $"{tensor.Shape} {tensor.DType}";

    private static IEnumerable<string> Listed(string what, string[] names)
    {
        if (names.Length == 0)
            return [];
        var rest = names.Length > NamesShown ? $" and {names.Length - NamesShown} more" : "";
        return [$"{what}: {string.Join(", ", names.Take(NamesShown))}{rest}"];
    }

    private static void Copy(Tensor from, Tensor to)
    {
        if (from.DType != to.DType)
            to.Data.CopyFrom<double>(from.ToDoubles());
        else if (from.Device == to.Device)
            to.Data.CopyFrom(from.Data);
        else if (to.DType == DType.Float32)
            to.Data.CopyFrom<float>(from.ToArray<float>());
        else if (to.DType == DType.Float64)
            to.Data.CopyFrom<double>(from.ToArray<double>());
        else
            to.Data.CopyFrom<int>(from.ToArray<int>());
    }
}
