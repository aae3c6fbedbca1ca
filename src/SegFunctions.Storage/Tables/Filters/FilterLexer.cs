using System.Globalization;

namespace SegFunctions.Storage.Tables.Filters;

/// <summary>Cuts a filter into tokens.</summary>
internal ref struct FilterLexer(string filter)
{
    private int _at = 0;

    /// <exception cref="FormatException">What stands there is no token; the message has the position.</exception>
    public FilterToken Next()
    {
        while (_at < filter.Length && char.IsWhiteSpace(filter[_at]))
            _at++;
        var start = _at;
        if (start == filter.Length)
            return new(FilterTokenKind.End, start, "");
        switch (filter[start])
        {
            case '(':
                _at++;
                return new(FilterTokenKind.Open, start, "(");
            case ')':
                _at++;
                return new(FilterTokenKind.Close, start, ")");
            case '\'':
                var text = Quoted();
                return new(FilterTokenKind.Literal, start, filter[start.._at], text);
        }

        while (_at < filter.Length && !char.IsWhiteSpace(filter[_at]) && filter[_at] is not ('(' or ')' or '\''))
            _at++;
        var word = filter[start.._at];
        if (_at < filter.Length && filter[_at] == '\'' && IsType(word))
        {
            var quoted = Quoted();
            return new(FilterTokenKind.Literal, start, filter[start.._at], Typed(word, quoted, start));
        }

        if (word is "true" or "false")
            return new(FilterTokenKind.Literal, start, word, word is "true");
        if (char.IsAsciiDigit(word[0]) || word[0] is '-' or '+' or '.')
            return new(FilterTokenKind.Literal, start, word, Number(word, start));
        return new(FilterTokenKind.Name, start, word);
    }

    private static bool IsType(string word) => word is "datetime" or "guid" or "binary" or "X" or "x";

    private string Quoted()
    {
        var start = _at++;
        while (true)
        {
            var end = filter.IndexOf('\'', _at);
            if (end < 0)
                throw new FormatException($"The text that begins at position {start} of the filter has no closing quote.");
            _at = end + 1;
            if (_at == filter.Length || filter[_at] != '\'')
                break;
            _at++;
        }

        return filter.Substring(start + 1, _at - start - 2).Replace("''", "'", StringComparison.Ordinal);
    }

    private static object Typed(string type, string quoted, int position)
    {
        const DateTimeStyles asUtc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        switch (type)
        {
            case "datetime" when DateTimeOffset.TryParse(quoted, CultureInfo.InvariantCulture, asUtc, out var date):
                return date;
            case "guid" when Guid.TryParse(quoted, out var guid):
                return guid;
            case "binary" or "X" or "x" when quoted.Length % 2 == 0 && !quoted.AsSpan().ContainsAnyExcept("0123456789abcdefABCDEF"):
                return Convert.FromHexString(quoted);
            default:
                throw new FormatException($"{type}'{TableRules.Show(quoted)}' at position {position} of the filter is no literal of that type.");
        }
    }

    private static object Number(string word, int position)
    {
        const NumberStyles integer = NumberStyles.AllowLeadingSign;
        if (word.EndsWith('L') && long.TryParse(word.AsSpan(0, word.Length - 1), integer, CultureInfo.InvariantCulture, out var wide))
            return wide;
        if (int.TryParse(word, integer, CultureInfo.InvariantCulture, out var narrow))
            return narrow;
        if (word.AsSpan().ContainsAny(".eE") && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
            return real;
        throw new FormatException(
            $"'{TableRules.Show(word)}' at position {position} of the filter is no number: Int32 are digits, Int64 digits and L, Double have a point.");
    }
}
