### What the Nexora bot says. See `shared/en.ftl` for the attributes; said here again, a text of there is ours.

-brand = Nexora Investments

## The menu

main =
    { $turn ->
        [first] Welcome to *{ -brand }*: residency and citizenship by investment. What can we do for you?
       *[later] What else can we do for you?
    }

    {"*1*"} Explore Residency Programs
    {"*2*"} Check Eligibility
    {"*3*"} Talk to Consultant
    {"*4*"} Job Search
    {"*5*"} Book Consultation
    {"*6*"} Download Brochure
    .programs = Residency Programs
    .programs_also = explore residency programs, explore residency programmes, explore programs, residency programmes, explore, programs, residency, golden visa
    .programs_detail = Europe, the Caribbean, the USA, the UAE
    .eligibility = Check Eligibility
    .eligibility_also = eligibility, budget, am i eligible, check my eligibility
    .eligibility_detail = What your budget opens
    .consultant = Talk to Consultant
    .consultant_also = consultant, talk to a consultant, call me, call me back, talk to somebody
    .consultant_detail = We call you back
    .jobs = Job Search
    .jobs_also = jobs, job, work, find a job
    .jobs_detail = Openings in the country you choose
    .booking = Book Consultation
    .booking_also = book a consultation, booking, appointment, book
    .booking_detail = A time that suits you
    .brochure = Download Brochure
    .brochure_also = brochure, pdf, download, download the brochure
    .brochure_detail = All programs in one PDF
    .opener = Menu

## Programs

category =
    Which programs would you like to see?

    {"*A*"} Europe Golden Visa
    {"*B*"} Caribbean Citizenship
    {"*C*"} USA EB-5
    {"*D*"} UAE Residency
    .europe = Europe Golden Visa
    .europe_also = europe, golden visa, european
    .caribbean = Caribbean Citizenship
    .caribbean_also = caribbean, citizenship, second passport
    .usa = USA EB-5
    .usa_also = usa, eb5, eb-5, america, united states, green card
    .uae = UAE Residency
    .uae_also = uae, dubai, emirates, united arab emirates
    .opener = Choose a region

top_programs =
    {"*"}{ $category ->
        [europe] { category.europe }
        [caribbean] { category.caribbean }
        [usa] { category.usa }
       *[uae] { category.uae }
    }*: our first choices

    { $programs }
matching_programs = { $programs }
program =
    {"*"}{ $number }. { $name }*
    Minimum investment: { $minimum }
    Processing time: { $time }
    { $link }
no_programs = We are sorry, there is nothing to show here at the moment. Our consultants know more: choose *3* in the menu.

next_step = What would you like to do next?
    .consultant = Talk to a consultant
    .consultant_also = consultant, talk to consultant, yes, call me
    .eligibility = Check eligibility
    .eligibility_also = eligibility, am i eligible, budget
    .menu = Main menu
    .menu_also = menu, no, nothing

## Eligibility

budget = How much would you like to invest, in US dollars? For example: $250,000, 250k or 1.2 million
budget_reaches =
    { $count ->
        [one] Your budget: *{ $budget }*. One program is within it:
       *[other] Your budget: *{ $budget }*. { $count } programs are within it:
    }
budget_reaches_none =
    Your budget: *{ $budget }*. No program asks for so little: the least is { $least }. These are the nearest:

after_budget = What would you like to do next?
    .consultant = Talk to a consultant
    .consultant_also = consultant, talk to consultant, yes, call me
    .booking = Book consultation
    .booking_also = book a consultation, booking, book, appointment
    .menu = Main menu
    .menu_also = menu, no, nothing

## A consultant

lead_name = A consultant will gladly call you back. What is your full name? For example: Asha Patil
email = Thank you, { $name }. What is your e-mail address? For example: asha.patil@example.com
lead_kept =
    Thank you, { $name }! A consultant will contact you soon.

    • *Reference:* { $reference }
    • *E-mail:* { $email }{ $interest ->
        [none] { "" }
        [europe] {"\u000A"}• *Interest:* { category.europe }
        [caribbean] {"\u000A"}• *Interest:* { category.caribbean }
        [usa] {"\u000A"}• *Interest:* { category.usa }
       *[uae] {"\u000A"}• *Interest:* { category.uae }
    }{ $budget ->
        [none] { "" }
       *[known] {"\u000A"}• *Budget:* { $budget }
    }

## Jobs

job_country = In which country are you looking for work? For example: UAE, Canada or Germany
job_keywords = { $where }: what kind of work? Write a few words, for example *accountant*, or *any*.
jobs_found =
    { $total ->
        [one] One job in { $where }:
       *[other] { $total } jobs in { $where }, the first { $shown }:
    }

    { $jobs }
job =
    {"*"}{ $number }. { $title }*{ $company ->
        [none] { $place ->
            [none] { "" }
           *[known] {"\u000A"}{ $place }
        }
       *[known] {"\u000A"}{ $company }{ $place ->
            [none] { "" }
           *[known] {" · "}{ $place }
        }
    }
    { $link }
no_jobs =
    { $keywords ->
        [none] We are sorry, nothing is open in { $where } just now.
       *[some] We are sorry, we found nothing for “{ $keywords }” in { $where }. Fewer or other words may find more: choose *4* to search again.
    }
jobs_not_open = We are sorry, the job search is not open at the moment. Please try again another day.

## A consultation

booking_day = On which day would you like to talk? Times are shown in { $zone }.
    .one = { $day }
    .one_detail = { $times ->
        [one] one time is free
       *[other] { $times } times are free
    }
    .opener = Choose a day
booking_time = { $day }: at what time? Times are in { $zone }.
    .one = { $time }
    .opener = Choose a time
booking_sure = Shall we book *{ $when }* ({ $zone }) for you?
    .yes = Yes, book it
    .yes_also = yes, ok, book, right
    .another = Another time
    .another_also = no, another, other, another day, change
booked =
    Your consultation is booked: *{ $when }* ({ $zone }).

    • *Reference:* { $reference }

    We will call you on this number, and remind you here before. To move or cancel it, choose *5* in the menu.
booking_moved =
    Your consultation is moved to *{ $when }* ({ $zone }).

    • *Reference:* { $reference }

    We will remind you here before.
booking_manage = You have a consultation on *{ $when }* ({ $zone }), reference { $reference }. What would you like to do?
    .keep = Keep it
    .keep_also = keep, nothing, ok
    .move = Move it
    .move_also = move, another time, change, reschedule
    .cancel = Cancel it
    .cancel_also = cancel, cancel booking
cancel_sure = Shall we cancel the consultation on *{ $when }*?
    .cancel = Yes, cancel it
    .cancel_also = yes, cancel
    .keep = No, keep it
    .keep_also = no, keep
booking_stands = It stays as it is: *{ $when }* ({ $zone }). We will be glad to talk to you.
booking_cancelled = Your consultation is cancelled. Whenever you would like another one, choose *5* in the menu.
slot_taken = We are sorry, somebody has just taken that time. These are still free:
booking_gone = We are sorry, that booking does not stand any more. Choose *5* in the menu to book another time.
no_slots = We are sorry, no time is free in the next weeks. Choose *3* in the menu, and a consultant will call you back.
book_online = Choose a time that suits you: { $link }
no_booking_yet = We are sorry, consultations cannot be booked here yet. Choose *3* in the menu, and a consultant will call you back.
booking_day_reminder = A reminder: your consultation is on *{ $when }* ({ $zone }), reference { $reference }. To move or cancel it, write *menu* and choose *5*.
booking_hour_reminder = Your consultation begins in an hour: *{ $when }* ({ $zone }). We look forward to talking to you!

## The brochure

brochure = Our brochure: { $count } programs, with what each asks for and how long it takes.

## Commands

help =
    Write any of these words, whenever you like:

    • *menu*: the main menu
    • *back*: one menu up
    • *agent*: how to reach a person
    • *stop*: no more messages from us

    { support_line }
backend_down =
    { $what ->
        [search_jobs] The job search is not answering just now. We keep trying by ourselves and will write to you here; *menu* leads back to the menu.
       *[any] { system_down } *menu* leads back to the menu.
    }
no_agent_yet =
    A person cannot join this chat yet. Choose *3* in the menu, and a consultant will call you back.

    { support_line }
no_support_yet =
    Questions to our support team cannot be answered in this chat yet. Choose *3* in the menu, and a consultant will call you back.

    { support_line }

## Wrong answers: what is expected, and an example

amount_unreadable = We could not read that amount. Please write it in US dollars, for example $250,000, 250k or 1.2 million.
amount_negative = The amount should be more than zero. Please write it again, for example $250,000.
amount_other_period = Please write the whole amount that you would invest once, for example $250,000.
amount_is_range = Please write one amount: the most that you would invest. For example $250,000.
amount_several = There is more than one amount in that. Please write just one, for example $250,000.
amount_too_small = That is less than { $least }, so perhaps something is missing. Please write the full amount, for example $250,000 or 250k.
amount_too_large = That is more than { $most }, so perhaps a zero slipped in. Please write it again, for example $250,000 or 1.2 million.
pick_region = Please choose one of the four: tap it, or write its letter, for example *A*.
keywords_too_long = That is longer than we can search for ({ $most } characters at most). Please write a few words, for example *accountant*.
keywords_unreadable = Please write a few words of the work you are looking for, for example *accountant*, or *any*.
