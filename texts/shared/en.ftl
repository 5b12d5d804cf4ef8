### What every bot says, in English. A bot's own file may say any of it in its own way.
###
### Attributes of a question or menu: `.<option>` is an option's label, `.<option>_also` what may be typed for it
### (separated by a comma and a space), `.<option>_detail` a line below the label in a list, `.<option>_line` a numbered
### line in the message, `.name` and `.name_also` what a question is called in "change income", `.opener` the button that
### opens its list. { $support } is the support contact, or `none`.

## Lists

opener = Choose
more = More
from_the_start = Back to the first

## Commands

help =
    Write any of these words, whenever you like:

    { help_undo }
    • *menu*: what you can do right now
    • *hi*: where we are
    • *restart*: begin afresh
    • *language*: choose another language
    • *agent*: how to reach a person
    • *stop*: no more messages from us

    { support_line }
help_undo = • *back*: undo your last answer
support_line =
    { $support ->
        [none] { "" }
       *[contact] Our team is there for you: { $support }
    }

menu = What would you like to do? Nothing you have told us is lost.
    .resume = Go on
    .resume_also = continue, resume
    .restart = Start over
    .restart_also = restart, begin again
    .language = Change language
    .language_also = language
    .support = Support
    .support_also = customer support
    .agent = Talk to a person
    .agent_also = agent, human, person, customer care
    .opener = Choose

restart_sure = Would you like to start over? The answers you have given so far will be cleared.
    .restart_yes = Yes, start over
    .restart_yes_also = yes, start over, restart
    .resume = No, go on
    .resume_also = no, go on, continue, cancel

which_language =
    Which language would you like to chat in?
    आप किस भाषा में बात करना चाहेंगे?
    .language_en = English
    .language_en_also = eng, angrezi
    .language_hi = हिन्दी
    .language_hi_also = hindi

language_is = Done, we will go on in English.

stopped =
    Done. You will get no more messages from us.

    Your answers are kept. If you ever want to come back, write *start*.
started = Good to have you back! You will get our messages again.
how_to_start = You asked us not to write to you, so we stay quiet. To go on, write *start*.

## Where we are

where_we_are =
    { $stage ->
       *[any] Hello! This is where we are:
    }
# "Start" alone is taken for going on: clearing the answers needs plainer words.
welcome_back = Welcome back! Everything you told us is still here. Shall we go on?
    .resume = Yes, go on
    .resume_also = yes, go on, continue, start
    .restart_yes = Start over
    .restart_yes_also = restart, start again, begin again
back_at_the_menu = Welcome back! Here is the menu again.
expired = Welcome back! It has been a while, so what you had told us before is forgotten. We begin afresh:
nudge = No hurry at all, your place is kept. Whenever it suits you, here is where we were:
paused = Of course, take your time. Your answers are kept. Write *hi* when you are ready.
ended =
    { $how ->
       *[done] We have come to the end, thank you. To begin afresh, write *restart*.
    }
we_keep_trying = We keep trying by ourselves and will write to you here. Your answers are kept, and there is nothing you need to do.
system_down = A system we need is not answering just now. { we_keep_trying }
team_looks = Our team is looking into it. Your answers are kept, and there is nothing you need to do.
we_work = We are working on it and will write to you here. Your place is kept, and there is nothing you need to do.
one_at_a_time = We were not sure which question that was for, so we have left it aside. This is where we are:
edited_too_late = We saw that you changed an earlier message. Your answer from then still stands; to undo answers, write *back*.
please_wait =
    { $what ->
        [backend] { system_down }
        [operator] { team_looks }
       *[any] { we_work }
    }

## When something does not work

throttled = Let us take a breath: for the next { $minutes } minutes we only react to a fitting answer, a tap on an option, or a word such as *help* or *menu*.
three_wrong = That does not seem to work, and that is all right. What would help?
    .resume = Try once more
    .resume_also = try again, again, continue, go on, start
    .help = Show me help
    .help_also = help
    .pause = Take a break
    .pause_also = pause, break, later
    .restart_yes = Start over
    .restart_yes_also = restart, start again, begin again
    .opener = Choose
backend_down =
    { $what ->
       *[any] { system_down }
    }
we_look_at_it = We are sorry, something went wrong on our side. Our team has been asked to look into it. Your answers are kept. If you would rather begin afresh, write *restart*.
kept_from_here = What is already done stays done. We start over from just after it.
too_late =
    That step is already done, so it cannot be undone here.

    { support_line }
nothing_to_go_back_to = There is nothing to undo yet.
no_agent_yet =
    We would gladly connect you, but a person cannot join this chat yet. Your place is kept, and you can go on here whenever you like.

    { support_line }
no_support_yet =
    We are sorry, questions to our support team cannot be answered in this chat yet. Your place is kept.

    { support_line }
cannot_use =
    { $kind ->
        [image] Thank you for the picture, but we cannot use pictures here yet.
        [document] Thank you for the document, but we cannot use documents here yet.
        [audio] Thank you for the voice message. We are sorry, we cannot listen to it here: please type your answer.
        [video] Thank you for the video, but we cannot use videos here yet.
        [sticker] A nice sticker! We cannot read an answer in it, though.
        [location] Thank you for the location, but we do not need it here.
        [contacts] Thank you for the contact, but we do not need it here.
        [order] Thank you, but orders cannot be placed in this chat.
        [reaction] Thank you for the reaction! We cannot take it as an answer, though.
       *[unsupported] We are sorry, we cannot read this kind of message.
    } Here we read words and taps; *help* lists what you can write.

## Voice messages

voice_heard =
    We heard: “{ $words }”

    Is that right?
    .yes = Yes, that is right
    .yes_also = yes, right, correct, that is right, that’s right
    .no = No
    .no_also = wrong, not right, that is wrong, that’s wrong
voice_again = No problem. Please type it instead, or say it once more.
voice_not_heard =
    { $why ->
        [nothing_heard] We could not make out any words in that voice message. Please type your answer, or say it once more.
        [too_long] That voice message is longer than we can listen to. Please type your answer, or say it in a shorter one.
        [secret] For your safety we do not listen to this one. Please type it instead.
       *[down] We are sorry, we could not listen to your voice message just now. Please type your answer instead.
    }

## Wrong answers: what is expected, and an example

pick_one = Please choose one of the options: tap it, or write its number or its name, for example *1*.
pick_several = That could mean more than one of the options. Please tap yours, or write its number, for example *1*.
yes_or_no = Please answer with *yes* or *no*.
name_too_short = Please write your full name, with at least { $least } letters. For example: Asha Patil.
name_too_long = That is longer than we can take ({ $most } characters at most). Please write just your name, for example Asha Patil.
name_has_link = A name has no links or e-mail addresses in it. Please write just your name, for example Asha Patil.
name_has_digits = A name has no numbers in it. Please write just your name in letters, for example Asha Patil.
name_has_symbols = A name has only letters, spaces, dots, hyphens and apostrophes. Please write it again, for example Asha D’Souza.
date_unreadable = We could not read that date. Please write day, month and year, for example 5 November 1987 or 05/11/1987.
date_impossible = There is no such day in the calendar. Please write the day first, then month and year, for example 5 November 1987.
date_day_missing = The day seems to be missing. Please write day, month and year, for example 5 November 1987.
date_year_missing = The year seems to be missing. Please write day, month and year, for example 5 November 1987.
date_in_future = That day is still to come. Please write your date of birth, for example 5 November 1987.
date_too_long_ago = That is more than { $years } years ago. Please check the year and write the date again, for example 5 November 1987.
amount_unreadable = We could not read that amount. Please write it in rupees, for example 45000, 45k or 1.2 lakh.
amount_negative = The amount should be more than zero. Please write it again, for example 45000.
amount_other_period = Please write the amount for one month, for example 45000.
amount_is_range = Please write one amount, not a range. About right is fine, for example 45000.
amount_several = There is more than one amount in that. Please write just one, for example 45000.
amount_too_small = That is less than { $least }, so perhaps something is missing. Please write the full amount, for example 45000 or 45k.
amount_too_large = That is more than { $most }, so perhaps a zero slipped in. Please write it again, for example 45000 or 1.2 lakh.
budget_currency = Please write the amount in US dollars, for example $250,000 or 2.5 lakh dollars.
email_has_space = An e-mail address has no spaces in it. Please write it in one piece, for example asha.patil@example.com.
email_without_at = An e-mail address has an @ in it. Please write it in full, for example asha.patil@example.com.
email_several = Please write just one e-mail address, for example asha.patil@example.com.
email_domain = Something is missing behind the @. Please write the address in full, for example asha.patil@example.com.
email_too_long = That is longer than an e-mail address can be ({ $most } characters at most). Please write just the address, for example asha.patil@example.com.
email_unreadable = That does not look like an e-mail address. Please check it and write it again, for example asha.patil@example.com.
country_unknown = We could not find that country among those whose jobs we can search. Please write the name of a country, for example UAE or Canada.
country_several = That is more than one country. Please write just one, for example UAE.
pincode_digits = A PIN code has { $count } digits. Please write it again, for example 560001.
pincode_several = There is more than one PIN code in that. Please write just one, for example 560001.
pincode_zero = No PIN code begins with a zero. Please check it and write it again, for example 560001.
phone_digits = A mobile number has { $count } digits. Please write it again, for example 98450 12345.
phone_not_mobile = That is no Indian mobile number: those begin with 6, 7, 8 or 9. Please write it again, for example 98450 12345.
phone_not_indian = That is a number of another country. Please write an Indian mobile number, for example +91 98450 12345.
phone_several = There is more than one number in that. Please write just one, for example 98450 12345.
code_digits = The code has { $count } digits. Please write just those, for example 123456.
