using SegFunctions.Customers.Identity.Strings;

namespace SegFunctions.Customers.Identity.Records;

/// <summary>A column of names of companies.</summary>
/// <param name="Codes">The name of each record, a position in <paramref name="Values"/>.</param>
/// <param name="Values">The distinct names as written.</param>
/// <param name="CoreTexts">The words that name the companies, without legal forms; empty where the records are companies themselves.</param>
/// <param name="Cores">The same of each record.</param>
internal sealed record CompanyColumn(string Name, CodeColumn Codes, List<string> Values, TextPool CoreTexts, CodeColumn Cores);
