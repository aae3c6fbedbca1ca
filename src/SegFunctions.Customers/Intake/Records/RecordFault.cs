namespace SegFunctions.Customers.Intake.Records;

/// <summary>Why a record cannot be read into fields.</summary>
/// <param name="Rule">Id of the data-quality rule, which has a page in <c>docs/rules</c>.</param>
/// <param name="Message">What was found and what is allowed.</param>
/// <param name="Cure">What the sender can do.</param>
public sealed record RecordFault(string Rule, string Message, string Cure);
