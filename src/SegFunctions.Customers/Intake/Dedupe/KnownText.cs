namespace SegFunctions.Customers.Intake.Dedupe;

/// <summary>A text that stands in row after row, and what packing made of it the first time. For one thread.</summary>
internal sealed class KnownText(byte[] text)
{
    public byte[] Text { get; } = text;

    /// <summary>The word that it is, by its number; without one until packing found it.</summary>
    public NumberedWord Packed { get; set; }
}

/// <summary>A word that has a number in <see cref="FrequentWords"/>.</summary>
/// <param name="Place">Of its field in the line; 0, where the key stands, for no word.</param>
internal readonly record struct NumberedWord(int Place, Word Word, int Number);
