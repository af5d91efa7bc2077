using System.Text.Json;
using System.Text.Json.Serialization;
using Spectral.Kernels;

namespace Spectral.Nn;

/// <summary>Everything from which a model is built again before its weights are loaded; a value.</summary>
/// <param name="Name">Name in the <see cref="ModelZoo"/>.</param>
/// <param name="InputShape">
/// Shape of one sample: [channels, length] of series, [channels, height, width] of images.
/// </param>
/// <param name="ClassNames">Class names, in the order of the logits.</param>
/// <param name="Band">Band of every band-limited layer, as <see cref="Kernels.Band.ToString"/> writes it.</param>
/// <param name="FftSize">How FFT lengths are chosen.</param>
/// <param name="DType">Precision of the parameters.</param>
/// <param name="LayerBands">A band for each band-limited layer; empty for one band everywhere.</param>
public sealed record ModelSpec(
    string Name, int[] InputShape, string[] ClassNames, string Band, FftSizePolicy FftSize, DType DType,
    string[] LayerBands)
{
    /// <summary>How the training data were normalised, and so must others be; null for not at all.</summary>
    public Normalization? Normalization { get; init; }

    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The spec as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);

    /// <summary>Reads what <see cref="ToJson"/> writes.</summary>
    /// <exception cref="DataFormatException">It is no such text.</exception>
    public static ModelSpec FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelSpec>(json, Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DataFormatException(
                "model", $"a model description that cannot be read ({e.Message})",
                "a file written by Spectral", "use a checkpoint folder that 'spectral train' has made", e);
        }
    }
}
