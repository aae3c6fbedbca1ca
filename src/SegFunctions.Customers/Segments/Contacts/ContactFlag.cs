using System.Text.Json.Serialization;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Segments.Contacts;

/// <summary>One thing that speaks against writing to a customer.</summary>
/// <param name="Channel">The channel of the messages, as files call it; null where it concerns all.</param>
/// <param name="Record">The key of the record that is superseded; null otherwise.</param>
/// <param name="Since">UTC.</param>
/// <param name="Reason">In words.</param>
public sealed record ContactFlag(
    ContactState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Channel,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Record,
    DateTime Since,
    Bilingual Reason)
{
    internal static ContactFlag Bounced(string channel, DateTime at) => new(
        ContactState.Bounced, channel, null, at, Words(at,
            day => $"The last message ({channel}) came back on {day}, and none has arrived since.",
            jour => $"Le dernier message ({channel}) est revenu le {jour}, et aucun n'est arrivé depuis."));

    internal static ContactFlag Complained(string channel, DateTime at) => new(
        ContactState.Complained, channel, null, at, Words(at,
            day => $"Called a message ({channel}) unwanted on {day}, and has answered none since.",
            jour => $"A signalé un message ({channel}) comme indésirable le {jour}, et n'a répondu à aucun depuis."));

    internal static ContactFlag Unsubscribed(string channel, DateTime at) => new(
        ContactState.Unsubscribed, channel, null, at, Words(at,
            day => $"Unsubscribed ({channel}) on {day}, and has answered no message since.",
            jour => $"S'est désabonné ({channel}) le {jour}, et n'a répondu à aucun message depuis."));

    internal static ContactFlag Superseded(CustomerKey record, DateTime by) => new(
        ContactState.Superseded, null, record.ToString(), by, Words(by,
            day => $"Another record of the same person is newer, of {day}.",
            jour => $"Une autre fiche de la même personne est plus récente, du {jour}."));

    internal static ContactFlag Inactive(DateTime last, int years) => new(
        ContactState.Inactive, null, null, last.AddYears(years), Words(last,
            day => $"No order, answer or change of the record since {day}.",
            jour => $"Ni commande, ni réponse, ni changement de la fiche depuis le {jour}."));

    private static Bilingual Words(DateTime day, Func<string, string> english, Func<string, string> french)
    {
        var date = Wording.Date(day);
        return new Bilingual(english(date.En), french(date.Fr));
    }
}
