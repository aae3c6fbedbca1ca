using System.Buffers;

namespace SegFunctions.Customers.Intake.Json;

/// <summary>Finds where an object or array ends, over as many pieces of text as it takes; what stands inside is not checked.</summary>
internal struct JsonValueScan
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("{}[]\""u8);

    private int _depth;
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>Reads on; the position behind the value's end, or −1 when it lies behind the text.</summary>
    public int Advance(ReadOnlySpan<byte> text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (_isInString)
            {
                if (!LeaveString(text, ref at))
                    return -1;
                continue;
            }

            var mark = text[at..].IndexOfAny(Marks);
            if (mark < 0)
                return -1;
            at += mark + 1;
            switch (text[at - 1])
            {
                case (byte)'"':
                    _isInString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    if (--_depth <= 0)
                        return at;
                    break;
            }
        }

        return -1;
    }

    private bool LeaveString(ReadOnlySpan<byte> text, ref int at)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            at++;
            return true;
        }

        var mark = text[at..].IndexOfAny((byte)'"', (byte)'\\');
        if (mark < 0)
            return false;
        at += mark + 1;
        if (text[at - 1] == '"')
            _isInString = false;
        else
            _isEscaped = true;
        return at <= text.Length;
    }
}
