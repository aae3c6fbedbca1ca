namespace SegFunctions.App.Privacy;

/// <summary>Who asks, as far as the platform says it.</summary>
internal static class Caller
{
    /// <summary>The header of App Service authentication; our own process passes it on only where a proxy in front sets it.</summary>
    private const string PrincipalHeader = "x-ms-client-principal-name";

    private const int LongestName = 200;

    public static string Of(HttpRequest request)
    {
        var name = request.Headers[PrincipalHeader].ToString().Trim();
        return name.Length == 0 ? "api-key" : name[..Math.Min(name.Length, LongestName)];
    }
}
