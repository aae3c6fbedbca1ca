namespace SegFunctions.Customers.Identity.Records;

/// <summary>A number for each record, −1 where there is none; grows at its end.</summary>
internal sealed class CodeColumn
{
    private int[] _codes = new int[16];

    public int Count { get; private set; }

    public int this[int row] => _codes[row];

    public ReadOnlySpan<int> Codes => _codes.AsSpan(0, Count);

    public void Add(int code)
    {
        if (Count == _codes.Length)
            Array.Resize(ref _codes, Count * 2);
        _codes[Count++] = code;
    }

    /// <summary>Adds −1 up to that many records.</summary>
    public void PadTo(int rows)
    {
        while (Count < rows)
            Add(-1);
    }
}
