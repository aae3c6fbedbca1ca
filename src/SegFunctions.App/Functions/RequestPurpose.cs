using SegFunctions.Customers.Privacy.Consents;

namespace SegFunctions.App.Functions;

/// <summary>What an answer is wanted for: <c>?purpose=</c>.</summary>
internal static class RequestPurpose
{
    public const string Description =
        "What the answer is used for: analytics, profiling, marketing or activation. Customers who have not allowed it are left out, as of now. When absent nobody is asked again: the refresh left out who refused analytics or profiling.";

    /// <param name="purpose">Null when the request names none.</param>
    public static bool TryRead(HttpRequest request, out ConsentPurpose? purpose, out string fault)
    {
        purpose = null;
        fault = "";
        var word = request.Query["purpose"].ToString();
        if (word.Length == 0)
            return true;
        if (!ConsentPurposes.TryParse(word, out var read))
        {
            fault = $"'purpose' is '{word}'; it is one of {ConsentPurposes.Words}.";
            return false;
        }

        purpose = read;
        return true;
    }

    /// <summary>The purpose as the audit writes it.</summary>
    public static string Word(ConsentPurpose? purpose) => purpose?.Word() ?? "unstated";
}
