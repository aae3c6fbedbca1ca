using System.Buffers;
using SegFunctions.Customers.Intake.Values;

namespace SegFunctions.Customers.Privacy;

/// <summary>The pieces of a row as it was sent, whatever its format: what stands between delimiters, quotes, braces and line ends, without blanks around it.</summary>
internal static class RowCells
{
    private static readonly SearchValues<byte> Delimiters = SearchValues.Create(",;\t|\"{}[]:=<>\r\n"u8);

    public static Enumerator Of(ReadOnlySpan<byte> row) => new(row);

    public ref struct Enumerator(ReadOnlySpan<byte> row)
    {
        private ReadOnlySpan<byte> _rest = row;

        public ReadOnlySpan<byte> Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_rest.Length > 0)
            {
                var end = _rest.IndexOfAny(Delimiters);
                var piece = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? [] : _rest[(end + 1)..];
                Current = Blanks.Trim(piece);
                if (Current.Length > 0)
                    return true;
            }

            return false;
        }
    }
}
