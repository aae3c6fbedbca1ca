using System.Buffers;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>Which names the Functions host and the queue service take.</summary>
internal static class FunctionNames
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private static readonly SearchValues<char> InFunctions = SearchValues.Create(Letters + Digits + "_-");
    private static readonly SearchValues<char> InBindings = SearchValues.Create(Letters + Digits);
    private static readonly SearchValues<char> InQueues = SearchValues.Create("abcdefghijklmnopqrstuvwxyz" + Digits + "-");

    /// <summary>A letter, then up to 127 letters, digits, <c>_</c> or <c>-</c>; <c>host</c> is taken.</summary>
    public static bool IsFunction(string name) =>
        name.Length is > 0 and <= 128
        && char.IsAsciiLetter(name[0])
        && !name.AsSpan().ContainsAnyExcept(InFunctions)
        && !name.Equals("host", StringComparison.OrdinalIgnoreCase);

    /// <summary>A letter, then up to 127 letters or digits.</summary>
    public static bool IsBinding(string name) =>
        name.Length is > 0 and <= 128 && char.IsAsciiLetter(name[0]) && !name.AsSpan().ContainsAnyExcept(InBindings);

    /// <summary>3 to 63 lower-case letters, digits and single dashes between them.</summary>
    public static bool IsQueue(string name) =>
        name.Length is >= 3 and <= 63
        && name[0] != '-'
        && name[^1] != '-'
        && !name.Contains("--", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAnyExcept(InQueues);
}
