using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>A column of e-mail addresses.</summary>
/// <param name="Texts">The addresses.</param>
/// <param name="Codes">The address of each record.</param>
/// <param name="LocalTexts">What stands before the @ of them.</param>
/// <param name="Locals">The same of each record.</param>
internal sealed record EmailColumn(string Name, TextPool Texts, CodeColumn Codes, TextPool LocalTexts, CodeColumn Locals);
