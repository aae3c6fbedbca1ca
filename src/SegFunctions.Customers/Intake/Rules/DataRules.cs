namespace SegFunctions.Customers.Intake.Rules;

/// <summary>Every rule that intake checks by itself; the record readers add theirs (<see cref="Records.RecordFault"/>).</summary>
public static class DataRules
{
    private static readonly List<DataRule> Declared = [];

    public static DataRule Required { get; } = Refuse("required", "A value is missing that every row needs", "Fill the value in, or map the column that holds it.");

    public static DataRule NumberUnreadable { get; } = Refuse("number-unreadable", "A text stands where a number belongs", "Write digits with one decimal sign, or name the file's decimal sign in mapping.json (\"decimal\").");

    public static DataRule TimestampUnreadable { get; } = Refuse("timestamp-unreadable", "A text stands where a date belongs", "Write dates as 2011-12-09 or 2011-12-09T08:26:00Z, or name the file's form in mapping.json (\"dateFormat\").");

    public static DataRule BooleanUnreadable { get; } = Refuse("boolean-unreadable", "A text stands where yes or no belongs", "Write true or false.");

    public static DataRule ChoiceUnknown { get; } = Refuse("choice-unknown", "The word is none of those the field knows", "Use one of the words that the message lists.");

    public static DataRule OutOfRange { get; } = Refuse("out-of-range", "A number or date lies outside of what is possible", "Correct the value at its source.");

    public static DataRule TooFewFields { get; } = Refuse("too-few-fields", "The record has fewer fields than the file has columns", "Look for a missing delimiter or a line break inside an unquoted text.");

    public static DataRule TooManyFields { get; } = Refuse("too-many-fields", "The record has more fields than the file has columns", "Put texts that hold the delimiter in double quotes.");

    public static DataRule PriceAndQuantityNegative { get; } = Refuse("price-and-quantity-negative", "Quantity and price are both negative", "Write a return as a negative quantity at a positive price.");

    public static DataRule PersonErased { get; } = Refuse("person-erased", "The row is about a person who asked to be forgotten", "Take the person out of the export at its source.");

    public static DataRule PriceZero { get; } = Warn("price-zero", "The line costs nothing", "Nothing, if it is a gift or a correction: it counts as neither order nor revenue.");

    public static DataRule PriceNegative { get; } = Warn("price-negative", "The price is negative and is read as money given back", "Write a return as a negative quantity at a positive price.");

    public static DataRule QuantityZero { get; } = Warn("quantity-zero", "The line is for no pieces", "Leave such lines out, or write the pieces that were meant.");

    public static DataRule DiscountExceedsPrice { get; } = Warn("discount-exceeds-price", "The discount is larger than the line", "Write the discount as money off the whole line, or with a % sign as a share of it.");

    public static DataRule ClockChange { get; } = Warn("clock-change", "The local time was skipped or ran twice when the clocks changed", "Write times in UTC, or with their offset.");

    public static DataRule DateOrderAmbiguous { get; } = Warn("date-order-ambiguous", "No date of the column tells whether day or month comes first", "Name the order in mapping.json: \"dateOrder\": \"dmy\" or \"mdy\".");

    public static DataRule DecimalSignAmbiguous { get; } = Warn("decimal-sign-ambiguous", "No number of the column tells a decimal sign from a thousands separator", "Name the sign in mapping.json: \"decimal\": \",\" or \".\".");

    public static DataRule ValueDropped { get; } = Warn("value-dropped", "A value that cannot be read was left empty", "Correct the value at its source.");

    public static DataRule MostlyReturns { get; } = Warn("mostly-returns", "More than half of the order lines are returns", "If order ids begin with C for another reason than cancellation, or quantities are negative for sales, change that before sending.");

    public static DataRule PointZeroRemoved { get; } = Repair("point-zero-removed", "Whole numbers written as 17850.0 were read as 17850", "Export ids as text.");

    public static DataRule DefaultUsed { get; } = Repair("default-used", "An empty value was filled with the field's default", "Fill the value in at its source.");

    public static DataRule ConstantUsed { get; } = Repair("constant-used", "An empty value was filled with the one that the mapping gives", "Nothing, if it is right; else fill the value in at its source, or take the field out of \"values\" in mapping.json.");

    public static DataRule EmptyFieldsCut { get; } = Repair("empty-fields-cut", "Empty fields beyond the last column were left out", "Take the trailing delimiters off.");

    public static DataRule IdentifierSealed { get; } = Repair("identifier-sealed", "A column that is not mapped holds e-mail addresses or telephone numbers and was sealed with the identifiers", "Map the column to its field, or name it under \"ignore\" in mapping.json.");

    public static DataRule MergedCellsFilled { get; } = Repair("merged-cells-filled", "A value that was merged over several rows of a sheet was read in each of them", "Write the value into every row, and merge no cells in sheets of data.");

    public static DataRule IdentifierMasked { get; } = Repair("identifier-masked", "Addresses, telephone or card numbers inside a text were masked", "Leave personal data out of free texts.");

    public static DataRule Outlier { get; } = Warn("outlier", "Numbers lie far from all others of the column", "Look at the lines that the report names; correct what is wrong, leave what is true.");

    public static DataRule ColumnMissing { get; } = Warn("column-missing", "A column of all earlier uploads is missing", "Export the file with all its columns, or send it under another source.");

    public static DataRule ColumnNew { get; } = Warn("column-new", "A column stands there for the first time", "Nothing, if it is meant; leave it out or name it under \"ignore\" otherwise.");

    public static DataRule MissingRise { get; } = Warn("missing-rise", "Many more values are missing than before", "Look whether the export still fills the column.");

    public static DataRule VolumeChange { get; } = Warn("volume-change", "The file has far more or far fewer rows than the earlier ones", "Look whether the export covers the period and the shops that it should.");

    public static DataRule RangeChange { get; } = Warn("range-change", "Values lie where none lay before", "Look whether unit, currency or period of the export have changed.");

    public static DataRule CategoryNew { get; } = Warn("category-new", "Words stand there that no earlier upload had", "Look whether words were renamed; map old and new to one another at the source.");

    public static DataRule DistributionShift { get; } = Warn("distribution-shift", "The values are spread otherwise than before", "Look at what has changed between the exports; release the file if it is true.");

    public static DataRule ExcelSerialDate { get; } = Repair("excel-serial-date", "A date written as the number by which spreadsheets count days was read as that day", "Export dates as 2011-12-09, or format the column as a date.");

    public static DataRule DateTransposed { get; } = Repair("date-transposed", "A date that fits only with day and month exchanged was read so", "Correct the date at its source; write dates as 2011-12-09.");

    public static DataRule MojibakeRepaired { get; } = Repair("mojibake-repaired", "A text that was read in the wrong encoding on its way here was put right", "Export the file as UTF-8, and open it as UTF-8 wherever it passes.");

    public static DataRule BlanksTrimmed { get; } = Repair("blanks-trimmed", "Blanks around values were taken off", "Nothing; it costs no information.");

    public static DataRule BlankRowSkipped { get; } = Repair("blank-row-skipped", "Rows of delimiters alone were passed over like empty lines", "Delete the rows below the table before exporting it.");

    public static DataRule SpreadsheetTextUnmarked { get; } = Repair("spreadsheet-text-unmarked", "Marks that keep a spreadsheet from changing a value were taken off", "Nothing; it costs no information.");

    public static DataRule CaseChanged { get; } = Repair("case-changed", "Words were written in capitals where the field knows them small", "Nothing; it costs no information.");

    public static DataRule DecimalComma { get; } = Repair("decimal-comma", "Numbers with a decimal comma were read and written with a point", "Nothing; or name the sign in mapping.json (\"decimal\") so that no file depends on being recognised.");

    public static DataRule CountryUnknown { get; } = Warn("country-unknown", "The country is not known and was kept as it stands", "Write the ISO code of two letters, or the usual name.");

    public static DataRule CurrenciesMixed { get; } = Warn("currencies-mixed", "The amounts are in several currencies", "Give rates in mapping.json (\"baseCurrency\", \"rates\") or in a rates.csv beside the file; or send one file for each currency.");

    public static DataRule CurrencyConflict { get; } = Refuse("currency-conflict", "The row names two currencies", "Write the amounts of a row in one currency, the one that its currency column names.");

    public static DataRule CurrencyConverted { get; } = Repair("currency-converted", "Amounts were converted to the base currency", "Nothing, if the rates are right.");

    public static DataRule RateMissing { get; } = Refuse("rate-missing", "No rate is known for the row's currency on its day", "Add the rate, or an earlier one, to the rates.");

    public static DataRule EmailSyntax { get; } = Warn("email-syntax", "The text is no e-mail address", "Correct the address at its source; nobody can be reached by it.");

    public static DataRule ContactPlaceholder { get; } = Warn("contact-placeholder", "A stand-in takes the place of an e-mail address", "Leave the field empty where there is no address.");

    public static DataRule PhoneDigits { get; } = Warn("phone-digits", "The text is no telephone number", "Write 6 to 15 digits, best with the sign of the country: +33 6 12 34 56 78.");

    public static DataRule PostalCodeForm { get; } = Warn("postal-code-form", "The postal code does not have the form of its country", "Look for lost leading zeros, and for columns that were exchanged.");

    public static DataRule BirthDateImplausible { get; } = Warn("birth-date-implausible", "The day of birth cannot be right", "Leave the field empty where the day is not known.");

    public static DataRule EndBeforeStart { get; } = Warn("end-before-start", "It ends before it begins", "Look whether the two columns were exchanged.");

    public static DataRule QuantityAbsurd { get; } = Warn("quantity-absurd", "The line is for more than 50,000 pieces", "Look for a slipped digit, or a code read as a number of pieces.");

    public static DataRule MomentImplausible { get; } = Warn("moment-implausible", "The moment lies before 1990", "Look for dates that programs write in place of none: 1970-01-01, 1900-01-01.");

    public static DataRule RevenueWithoutConversion { get; } = Warn("revenue-without-conversion", "There is revenue of a customer who did not convert", "Look whether the two columns mean the same campaign and the same period.");

    public static DataRule ActionBeforeSent { get; } = Warn("action-before-sent", "Messages were opened or clicked before they were sent", "Look whether the moments have one time zone; name it in mapping.json (\"timeZone\").");

    public static DataRule ContactBounced { get; } = Warn("contact-bounced", "The latest message bounced or was complained of, and none arrived after", "Stop writing to these addresses before your provider does; ask for new ones.");

    public static DataRule ContactSuperseded { get; } = Warn("contact-superseded", "A newer record of the same customer stands in the file", "Export the newest record of each customer alone.");

    public static DataRule ContactInactive { get; } = Warn("contact-inactive", "Nothing about the customer has changed for three years", "Ask whether the contact is still wanted, or delete it; keeping it may not be lawful.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DataRule> All { get; } = [.. Declared];

    private static DataRule Refuse(string id, string title, string cure) => Declare(new DataRule(id, RuleSeverity.Refuse, title, cure));

    private static DataRule Warn(string id, string title, string cure) => Declare(new DataRule(id, RuleSeverity.Warn, title, cure));

    private static DataRule Repair(string id, string title, string cure) => Declare(new DataRule(id, RuleSeverity.Repair, title, cure));

    private static DataRule Declare(DataRule rule)
    {
        Declared.Add(rule);
        return rule;
    }
}
