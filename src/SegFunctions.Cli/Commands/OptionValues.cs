using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace SegFunctions.Cli.Commands;

/// <summary>Options whose values are read strictly, and refused in words for a person.</summary>
/// <remarks>
/// The library's own reading takes 0,5 for 5 (a comma parts thousands) and any number for a choice, and its refusals name types
/// of the program.
/// </remarks>
internal static class OptionValues
{
    public static Option<int?> Whole(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = text => int.TryParse(One(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse<int?>(text, name, $"no whole number up to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}"),
    };

    public static Option<double?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = text => double.TryParse(One(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse<double?>(text, name, "no number with a decimal point, such as 0.5"),
    };

    public static Option<long> Seed(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "number",
        CustomParser = text => long.TryParse(One(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse<long>(text, name, "no whole number"),
    };

    public static Option<T?> Choice<T>(string name, string description)
        where T : struct, Enum => new(name)
        {
            Description = description,
            HelpName = string.Join('|', NamesOf<T>()),
            CustomParser = text => Chosen<T>(text, name),
        };

    private static T? Chosen<T>(ArgumentResult text, string name)
        where T : struct, Enum
    {
        var at = Array.IndexOf(NamesOf<T>(), One(text).ToLowerInvariant());
        return at >= 0 ? Enum.GetValues<T>()[at] : Refuse<T?>(text, name, $"none of {string.Join(", ", NamesOf<T>())}");
    }

    private static string[] NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(one => one.ToLowerInvariant())];

    private static string One(ArgumentResult text) => text.Tokens.Count == 1 ? text.Tokens[0].Value : "";

    private static T? Refuse<T>(ArgumentResult text, string name, string why)
    {
        text.AddError($"{name} '{One(text)}' is {why}.");
        return default;
    }
}
