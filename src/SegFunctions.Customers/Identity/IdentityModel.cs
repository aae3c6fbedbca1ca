namespace SegFunctions.Customers.Identity;

/// <summary>What was learned of how records of one person agree, and how those of strangers do.</summary>
public sealed class IdentityModel
{
    /// <summary>Writes the model; <see cref="Load"/> reads it back bit for bit.</summary>
    public void Save(Stream stream) => throw new NotSupportedException();

    /// <exception cref="InvalidDataException">Not such a model, or damaged.</exception>
    public static IdentityModel Load(Stream stream) => throw new NotSupportedException();
}
