using Microsoft.Net.Http.Headers;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Functions;

/// <summary>The language of an answer's texts: <c>?lang=fr</c>, else the better of the two in <c>Accept-Language</c>, else English.</summary>
internal static class RequestLanguage
{
    public static Language Of(HttpRequest request)
    {
        if (request.Query["lang"].ToString() is { Length: > 0 } asked)
            return Is(asked, "fr") ? Language.French : Language.English;
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var accepted))
            return Language.English;
        double english = 0, french = 0;
        foreach (var language in accepted)
        {
            var quality = language.Quality ?? 1;
            if (Is(language.Value.Value, "fr"))
                french = Math.Max(french, quality);
            else if (Is(language.Value.Value, "en") || language.Value == "*")
                english = Math.Max(english, quality);
        }

        return french > english ? Language.French : Language.English;
    }

    private static bool Is(string? tag, string language) =>
        tag is not null && tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == 2 || tag[2] == '-');
}
