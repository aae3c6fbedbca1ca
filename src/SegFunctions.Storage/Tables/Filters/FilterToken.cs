namespace SegFunctions.Storage.Tables.Filters;

internal enum FilterTokenKind
{
    End,
    Open,
    Close,
    Name,
    Literal,
}

/// <summary>A piece of a filter and where it begins; a literal comes with its value.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, int Position, string Text, object? Value = null)
{
    /// <summary>Operators and property names are both words; only their place tells them apart.</summary>
    public bool Is(string word) => Kind == FilterTokenKind.Name && Text.Equals(word, StringComparison.Ordinal);
}
